/** One episode opened: its fires, its pages, what people said, and how it was sent. Pure. */
import type { EpisodeDetail } from "@/lib/contract/episode-detail";
import type { AttributeView } from "@/lib/contract/event-view";
import type { AlertFire } from "@/lib/domain/alert-history";
import type { AlertPage, AlertVerdict } from "@/lib/domain/on-call";
import type { ClassTable } from "./class-table";
import { redactAttributes } from "./redact-attributes";
import { redactEpisode } from "./redact-episode";
import type { EpisodeEvidence } from "./redact-episodes";
import { Redacted } from "./redacted";
import type { RedactionContext } from "./redaction-context";
import { staffName } from "./staff-name";

export interface OpenedEpisode extends EpisodeEvidence {
  /** Oldest first. */
  readonly fires: readonly AlertFire[];
  /** Ids of fires inside a flapping span. */
  readonly flapping: ReadonlySet<string>;
  readonly pages: readonly AlertPage[];
  /** All verdicts, those replaced included. */
  readonly history: readonly AlertVerdict[];
  /** Names of responders by id. */
  readonly responders: ReadonlyMap<string, string>;
  /** Only the part about this alert: the others of its group may be hidden. */
  readonly sent: string | undefined;
}

/** Null for what the asker may not know of; of a stub nothing but its times. */
export function redactEpisodeDetail(opened: OpenedEpisode, context: RedactionContext): Redacted<EpisodeDetail> | null {
  const { row, extras, fires, flapping, pages, history, responders, sent } = opened;
  const episode = redactEpisode(row, extras, context);
  if (!episode) return null;
  if (episode.stub) return Redacted.seal({ episode, ...NOTHING });
  const table = context.table(row.service);
  const told = redactEpisode(row, { ...extras, verdicts: history }, context);
  const last = fires.at(-1);
  return Redacted.seal({
    episode,
    transitions: fires.map(({ id, startsAt, endsAt, endReason, firstSeenAt, lastSeenAt, duplicates }) => ({
      ...{ startsAt: startsAt.toISOString(), endsAt: endsAt?.toISOString() ?? null, endReason, duplicates },
      ...{ heardAt: firstSeenAt.toISOString(), lastHeardAt: lastSeenAt.toISOString(), flapping: flapping.has(id) },
    })),
    pages: pages.map(({ pagedAt, responderId, channel, reason, step, delivered, estimated, ackedAt }) => ({
      ...{ at: pagedAt.toISOString(), channel, reason, step, delivered, estimated },
      person: staffName(responders.get(responderId) ?? "somebody", table),
      ackedAt: ackedAt?.toISOString() ?? null,
    })),
    verdicts: told?.verdicts ?? [],
    labels: last ? shownTexts("label", last.labels, table, context) : {},
    annotations: last ? shownTexts("annotation", last.annotations, table, context) : {},
    payload: sent !== undefined && table.reads("text") ? context.scrub(sent) : null,
    timeline: null,
  });
}

const NOTHING = {
  ...{ transitions: [], pages: [], verdicts: [], labels: {}, annotations: {}, payload: null, timeline: null },
} satisfies Omit<EpisodeDetail, "episode">;

function shownTexts(
  prefix: "label" | "annotation",
  texts: Readonly<Record<string, string>>,
  table: ClassTable,
  context: RedactionContext,
): Record<string, string> {
  const attributes = Object.fromEntries(Object.entries(texts).map(([name, value]) => [`${prefix}.${name}`, value]));
  const shown: Record<string, AttributeView> = {};
  redactAttributes(attributes, table, context, shown);
  return Object.fromEntries(
    Object.entries(shown).map(([path, { value }]) => [path.slice(prefix.length + 1), String(value)]),
  );
}
