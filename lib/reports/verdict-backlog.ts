/** What waits for a verdict, drawn at random first, then costliest, with what helps to judge it in half a minute. */
import "server-only";
import { alertReader, type AlertReader } from "@/lib/alerts/alert-reader";
import type { BacklogView } from "@/lib/contract/alerts";
import type { Principal } from "@/lib/domain/principal";
import { redactBacklog } from "@/lib/redact/redact-episodes";
import type { Redacted } from "@/lib/redact/redacted";
import { store } from "@/lib/store/open-store";
import type { LabelledEpisode } from "@/lib/store/labelled-episodes";
import { drawnEpisodes } from "./drawn-episodes";

const DAY_MS = 24 * 3_600_000;
/** About twenty minutes of work. */
const SHOWN = 40;
/** Read beyond that, because some of them the asker may not know of. */
const READ = 400;
const DAYS_BACK = 62;
const EARLIER = 5;

/** Throws `ProblemError("forbidden")`. One's own team first, and in it what was drawn. */
export async function verdictBacklog(principal: Principal): Promise<Redacted<BacklogView>> {
  const reader = await alertReader(principal, "judge-alerts");
  const { verdicts } = await store();
  const to = new Date();
  const asked = await drawnEpisodes(to);
  const from = new Date(to.getTime() - DAYS_BACK * DAY_MS);
  const query = { from, to, userId: principal.userId, limit: READ };
  const drawn = [...(await verdicts.unjudged({ ...query, among: [...asked.keys()] }))];
  drawn.sort((a, b) => (asked.get(a.episode.id) ?? 0) - (asked.get(b.episode.id) ?? 0));
  const sampled = new Set(drawn.map(({ episode }) => episode.id));
  const found = await verdicts.unjudged(query);
  const others = found.filter(({ episode }) => !sampled.has(episode.id));
  const teams = new Set(principal.teams.map((team) => team.toLowerCase()));
  const isOwn = ({ episode }: LabelledEpisode): number => (teams.has(episode.team.toLowerCase()) ? 0 : 1);
  const readable = [...drawn, ...others].filter((one) => reader.reads(one)).sort((a, b) => isOwn(a) - isOwn(b));
  const shown = readable.slice(0, SHOWN);
  const items = await itemsOf(shown, sampled, reader, to);
  const more = readable.length > shown.length || found.length === READ;
  return redactBacklog({ items, more }, reader.context);
}

async function itemsOf(
  found: readonly LabelledEpisode[],
  sampled: ReadonlySet<string>,
  reader: AlertReader,
  now: Date,
) {
  const { verdicts, onCall } = await store();
  const [rows, pages, responders, facts] = await Promise.all([
    reader.evidenceOf(found),
    onCall.pagesOf(found.map(({ episode }) => episode.id)),
    onCall.responders(),
    verdicts.factsOfRules(
      [...new Set(found.map(({ episode }) => episode.rule))],
      new Date(now.getTime() - 90 * DAY_MS),
      EARLIER,
    ),
  ]);
  const names = new Map(responders.map(({ id, name }) => [id, name]));
  return rows.map((evidence) => {
    const { id, rule } = evidence.row.episode;
    const known = facts.get(rule);
    const told = pages.get(id) ?? [];
    return {
      evidence,
      sampled: sampled.has(id),
      episodes90: known?.episodes ?? 0,
      medianSeconds: known?.medianSeconds ?? null,
      paged: told.map(({ responderId }) => names.get(responderId) ?? "somebody"),
      acked: told.some(({ ackedAt }) => ackedAt !== null),
      earlier: (known?.earlier ?? []).map(({ verdict, at }) => ({ verdict, at: at.toISOString() })),
    };
  });
}
