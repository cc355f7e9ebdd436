/** Episodes with the labels that rules of access look at. */
import "server-only";
import type { AlertEpisode } from "@/lib/domain/alert-history";
import type { PrismaClient } from "@/prisma/generated/client";
import { toEpisode, toTexts } from "./alert-rows";

export interface LabelledEpisode {
  readonly episode: AlertEpisode;
  /** Of its first fire. */
  readonly labels: Readonly<Record<string, string>>;
}

/** In the order of `ids`; what is not there is left out. */
export async function readLabelled(prisma: PrismaClient, ids: readonly string[]): Promise<readonly LabelledEpisode[]> {
  const where = { id: { in: [...ids] } };
  const [episodes, fires] = await Promise.all([
    prisma.episode.findMany({ where }),
    // An episode has the id of its first fire.
    prisma.fire.findMany({ where, select: { id: true, labels: true } }),
  ]);
  const byId = new Map(episodes.map((row) => [row.id, toEpisode(row)]));
  const labels = new Map(fires.map((row) => [row.id, toTexts(row.labels)]));
  return ids.flatMap((id) => {
    const episode = byId.get(id);
    return episode ? [{ episode, labels: labels.get(id) ?? {} }] : [];
  });
}
