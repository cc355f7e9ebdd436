import type { StreamEnd } from "@/lib/client/timeline-store";

/** The role may not ask this: nothing failed, and asking again changes nothing. */
export function isDenied(ended: StreamEnd | undefined): boolean {
  return ended?.kind === "failed" && ended.code === "forbidden";
}
