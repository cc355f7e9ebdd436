/** Puts recomputed fires and episodes in place of what stood there. What was said about an episode stays with it. */
import "server-only";
import type { AlertEpisode, AlertFire } from "@/lib/domain/alert-history";
import type { Prisma } from "@/prisma/generated/client";

export interface RewrittenHistory {
  readonly fingerprint: string;
  readonly from: Date;
  /** Ascending. */
  readonly fires: readonly AlertFire[];
  readonly episodesFrom: Date;
  readonly episodes: readonly AlertEpisode[];
  /** Episode of fires that start before `from`. */
  readonly episodeOfFire: ReadonlyMap<string, string>;
}

type Transaction = Prisma.TransactionClient;

export async function writeFires(tx: Transaction, history: RewrittenHistory): Promise<void> {
  const { fingerprint, from, fires, episodeOfFire } = history;
  await tx.fire.deleteMany({ where: { fingerprint, startsAt: { gte: from } } });
  const data = fires.map((fire) => ({
    ...fire,
    sources: [...fire.sources],
    receivers: [...fire.receivers],
    deliveries: [...fire.deliveries],
    quietedBy: [...fire.quietedBy],
  }));
  if (data.length > 0) await tx.fire.createMany({ data });
  for (const [id, episodeId] of episodeOfFire) await tx.fire.updateMany({ where: { id }, data: { episodeId } });
}

export async function writeEpisodes(tx: Transaction, history: RewrittenHistory): Promise<void> {
  const { fingerprint, episodesFrom, episodes } = history;
  const where = { fingerprint, startsAt: { gte: episodesFrom } };
  const before = await tx.episode.findMany({ where, select: { id: true, startsAt: true } });
  await tx.episode.deleteMany({ where });
  const data = episodes.map((one) => ({ ...one, sources: [...one.sources], receivers: [...one.receivers] }));
  if (data.length > 0) await tx.episode.createMany({ data });
  const ids = new Set(episodes.map(({ id }) => id));
  for (const { id, startsAt } of before) {
    const heir = ids.has(id) ? undefined : heirOf(startsAt, episodes);
    if (heir) await moveWhatWasSaid(tx, id, heir.id);
  }
}

/** An episode whose start moved, or that became part of another: the one that was under way when it started. */
function heirOf(startsAt: Date, episodes: readonly AlertEpisode[]): AlertEpisode | undefined {
  return episodes.findLast((one) => one.startsAt <= startsAt) ?? episodes[0];
}

async function moveWhatWasSaid(tx: Transaction, from: string, to: string): Promise<void> {
  await tx.verdict.updateMany({ where: { episodeId: from }, data: { episodeId: to } });
  await tx.verdictLink.updateMany({ where: { episodeId: from }, data: { episodeId: to } });
  await tx.page.updateMany({ where: { episodeId: from }, data: { episodeId: to } });
}
