/** The history page by page, newest first, as far as the role's rows reach. */
import "server-only";
import type { EpisodePage } from "@/lib/contract/alerts";
import type { Principal } from "@/lib/domain/principal";
import { redactEpisodePage } from "@/lib/redact/redact-episodes";
import type { Redacted } from "@/lib/redact/redacted";
import type { EpisodeCursor } from "@/lib/store/alert-repository";
import type { LabelledEpisode } from "@/lib/store/labelled-episodes";
import { store, type Store } from "@/lib/store/open-store";
import { alertReader } from "./alert-reader";
import { cursorText, parseEpisodeQuery } from "./parse-episode-query";
import { visibleHistory } from "./visible-history";

const ROWS_PER_READ = 400;
const MAX_GAPS = 100;

/** Throws `ProblemError`: `forbidden`, or `bad-request` naming the parameter. */
export async function listEpisodes(
  principal: Principal,
  searchParams: URLSearchParams,
  now = new Date(),
): Promise<Redacted<EpisodePage>> {
  const reader = await alertReader(principal);
  const { filter: asked, after, limit } = parseEpisodeQuery(searchParams, now);
  const { alerts } = await store();
  const visible = await visibleHistory(asked, reader, alerts);
  const found: LabelledEpisode[] = [];
  let cursor = after;
  // One more than is shown tells whether there is a next page.
  while (found.length <= limit) {
    const rows = await alerts.episodes(visible.filter, ROWS_PER_READ, cursor);
    found.push(...rows.filter(visible.isListed));
    cursor = placeOf(rows.at(-1)) ?? cursor;
    if (rows.length < ROWS_PER_READ) break;
  }
  const shown = found.slice(0, limit);
  const last = found.length > limit ? placeOf(shown.at(-1)) : undefined;
  const missing = await alerts.gaps(asked.from, asked.to, MAX_GAPS);
  const list = {
    found: await reader.evidenceOf(shown),
    next: last ? cursorText(last) : null,
    total: visible.total,
    ...{ gaps: missing.gaps, gapsTotal: missing.total },
    heard: await heardHours(alerts, asked.from, asked.to < now ? asked.to : now),
  };
  return redactEpisodePage(list, reader.context);
}

async function heardHours({ heard }: Store["alerts"], from: Date, to: Date): Promise<EpisodePage["heard"]> {
  const ofHours = Math.max(0, to.getTime() - from.getTime()) / 3_600_000;
  return (await heard(from, to)).map((line) => ({ ...line, ofHours }));
}

function placeOf(found: LabelledEpisode | undefined): EpisodeCursor | undefined {
  return found && { startsAt: found.episode.startsAt, id: found.episode.id };
}
