/** One episode with its fires, its pages, what people said, and how it was sent, each as the role may read it. */
import "server-only";
import type { AttributeView } from "@/lib/contract/event-view";
import type { EpisodeDetail } from "@/lib/contract/episode-detail";
import type { AlertFire } from "@/lib/domain/alert-history";
import type { AlertPage } from "@/lib/domain/on-call";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { redactAttributes } from "@/lib/redact/redact-attributes";
import { redactEpisode } from "@/lib/redact/redact-episode";
import { Redacted } from "@/lib/redact/redacted";
import { store } from "@/lib/store/open-store";
import { alertReader, type AlertReader } from "./alert-reader";
import { flappingFires } from "./flapping-fires";
import { sentAlert } from "./sent-alert";

const MAX_FIRES = 500;

type Table = ReturnType<AlertReader["context"]["table"]>;

/** Throws `ProblemError`: `forbidden`, or `not-found` alike for what is not there and what the role may not know of. */
export async function openEpisode(principal: Principal, id: string): Promise<Redacted<EpisodeDetail>> {
  const reader = await alertReader(principal);
  const { alerts, verdicts, onCall } = await store();
  const [found] = await verdicts.episodes([id]);
  const [episode] = found ? await reader.views([found]) : [];
  if (!found || !episode) throw new ProblemError("not-found", { detail: "There is no such episode." });
  if (episode.stub) return Redacted.seal({ episode, ...NOTHING });
  const row = reader.rowOf(found);
  const table = reader.context.table(row.service);
  const fires = await alerts.firesOf(id, MAX_FIRES);
  const [pages, history] = await Promise.all([onCall.pagesOf([id]), verdicts.history([id])]);
  const told = redactEpisode(row, { pages: 0, verdicts: history, reader: principal.userId }, reader.context);
  const last = fires.at(-1);
  return Redacted.seal({
    episode,
    transitions: transitionsOf(fires),
    pages: await pageViews(pages.get(id) ?? [], table),
    verdicts: told?.verdicts ?? [],
    labels: last ? shownTexts("label", last.labels, table, reader) : {},
    annotations: last ? shownTexts("annotation", last.annotations, table, reader) : {},
    payload: last && table.reads("text") ? await payloadOf(last, reader) : null,
    timeline: null,
  });
}

const NOTHING = {
  ...{ transitions: [], pages: [], verdicts: [], labels: {}, annotations: {}, payload: null, timeline: null },
} satisfies Omit<EpisodeDetail, "episode">;

function transitionsOf(fires: readonly AlertFire[]): EpisodeDetail["transitions"] {
  const flapping = flappingFires(fires);
  return fires.map(({ id, startsAt, endsAt, endReason, firstSeenAt, lastSeenAt, duplicates }) => ({
    ...{ startsAt: startsAt.toISOString(), endsAt: endsAt?.toISOString() ?? null, endReason, duplicates },
    ...{ heardAt: firstSeenAt.toISOString(), lastHeardAt: lastSeenAt.toISOString(), flapping: flapping.has(id) },
  }));
}

async function pageViews(pages: readonly AlertPage[], table: Table): Promise<EpisodeDetail["pages"]> {
  if (pages.length === 0) return [];
  const { onCall } = await store();
  const names = new Map((await onCall.responders()).map(({ id, name }) => [id, name]));
  const seesStaff = table.treat("staff") === "show";
  return pages.map(({ pagedAt, responderId, channel, reason, step, delivered, estimated, ackedAt }) => ({
    ...{ at: pagedAt.toISOString(), channel, reason, step, delivered, estimated },
    person: seesStaff ? (names.get(responderId) ?? "somebody") : "a colleague",
    ackedAt: ackedAt?.toISOString() ?? null,
  }));
}

function shownTexts(
  prefix: "label" | "annotation",
  texts: Readonly<Record<string, string>>,
  table: Table,
  { context }: AlertReader,
): Record<string, string> {
  const attributes = Object.fromEntries(Object.entries(texts).map(([name, value]) => [`${prefix}.${name}`, value]));
  const shown: Record<string, AttributeView> = {};
  redactAttributes(attributes, table, context, shown);
  return Object.fromEntries(
    Object.entries(shown).map(([path, { value }]) => [path.slice(prefix.length + 1), String(value)]),
  );
}

/** Only the part about this alert: the others of its group may be hidden from the role. */
async function payloadOf(fire: AlertFire, { context }: AlertReader): Promise<string | null> {
  const { deliveries } = await store();
  const [delivery] = await deliveries.find(fire.deliveries.slice(-1));
  const sent = delivery && sentAlert(delivery.body, fire.labels);
  return sent === undefined ? null : context.scrub(sent);
}
