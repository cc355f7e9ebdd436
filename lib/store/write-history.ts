/** Puts recomputed fires and episodes in place of what stood there. What was said about an episode stays with it. */
import "server-only";
import type { AlertEpisode, AlertFire } from "@/lib/domain/alert-history";
import { groupBy } from "@/lib/domain/group-by";
import { Prisma } from "@/prisma/generated/client";
import { putRows } from "./put-rows";

/** Of one fingerprint: all its fires from one time on, and all its episodes. */
export interface RewrittenHistory {
  readonly fingerprint: string;
  readonly from: Date;
  /** Ascending. */
  readonly fires: readonly AlertFire[];
  readonly episodesFrom: Date;
  readonly episodes: readonly AlertEpisode[];
  /** Episode of fires that start before `from`, where it is another than before. */
  readonly episodeOfFire: ReadonlyMap<string, string>;
}

type Transaction = Prisma.TransactionClient;

const FIRES = { name: "fires", fields: Prisma.FireScalarFieldEnum, key: ["id"] } as const;
const EPISODES = { name: "episodes", fields: Prisma.EpisodeScalarFieldEnum, key: ["id"] } as const;

export async function writeFires(tx: Transaction, histories: readonly RewrittenHistory[]): Promise<void> {
  const fires = histories.flatMap((one) => one.fires);
  await tx.$executeRaw`
    DELETE FROM fires f USING ${startingFrom(histories, "from")}
    WHERE f.fingerprint = told.fingerprint AND f.starts_at >= told.at AND f.id <> ALL(${fires.map(({ id }) => id)}::text[])`;
  await putRows(tx, FIRES, fires);
  const moved = histories.flatMap(({ episodeOfFire }) => [...episodeOfFire]);
  if (moved.length > 0)
    await tx.$executeRaw`UPDATE fires AS f SET episode_id = moved.heir FROM ${pairs(moved)} WHERE f.id = moved.id`;
}

export async function writeEpisodes(tx: Transaction, histories: readonly RewrittenHistory[]): Promise<void> {
  const episodes = histories.flatMap((one) => one.episodes);
  const gone = await tx.$queryRaw<{ id: string; fingerprint: string; startsAt: Date }[]>`
    DELETE FROM episodes e USING ${startingFrom(histories, "episodesFrom")}
    WHERE e.fingerprint = told.fingerprint AND e.starts_at >= told.at AND e.id <> ALL(${episodes.map(({ id }) => id)}::text[])
    RETURNING e.id, e.fingerprint, e.starts_at AS "startsAt"`;
  await putRows(tx, EPISODES, episodes);
  const heirs = groupBy(episodes, ({ fingerprint }) => fingerprint);
  const moved = gone.flatMap(({ id, fingerprint, startsAt }) => {
    const heir = heirOf(startsAt, heirs.get(fingerprint) ?? []);
    return heir ? [[id, heir.id] as const] : [];
  });
  if (moved.length > 0) await moveWhatWasSaid(tx, moved);
}

/** An episode whose start moved, or that became part of another: the one that was under way when it started. */
function heirOf(startsAt: Date, episodes: readonly AlertEpisode[]): AlertEpisode | undefined {
  return episodes.findLast((one) => one.startsAt <= startsAt) ?? episodes[0];
}

async function moveWhatWasSaid(tx: Transaction, moved: readonly (readonly [string, string])[]): Promise<void> {
  for (const table of ["verdicts", "verdict_links", "pages"]) {
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(table)} AS said SET episode_id = moved.heir FROM ${pairs(moved)} WHERE said.episode_id = moved.id`;
  }
}

function pairs(moved: readonly (readonly [string, string])[]): Prisma.Sql {
  const [ids, heirs] = [moved.map(([id]) => id), moved.map(([, heir]) => heir)];
  return Prisma.sql`unnest(${ids}::text[], ${heirs}::text[]) AS moved(id, heir)`;
}

function startingFrom(histories: readonly RewrittenHistory[], time: "from" | "episodesFrom"): Prisma.Sql {
  const [fingerprints, times] = [
    histories.map((one) => one.fingerprint),
    histories.map((one) => one[time].toISOString()),
  ];
  return Prisma.sql`unnest(${fingerprints}::text[], ${times}::timestamptz[]) AS told(fingerprint, at)`;
}
