/** All that was ever opened in one incident, oldest first: part of its story, for everybody who opens it. */
import "server-only";
import type { StoredReveal } from "@/lib/domain/stored-reveal";
import { store } from "@/lib/store/open-store";

export async function revealMarks(incident: string): Promise<readonly StoredReveal[]> {
  return (await store()).reveals.ofIncident(incident);
}
