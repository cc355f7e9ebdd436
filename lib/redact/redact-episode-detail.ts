/** One episode opened: its fires, its pages, what people said, and how it was sent. Pure. */
import type { EpisodeDetail } from "@/lib/contract/episode-detail";
import type { AttributeView } from "@/lib/contract/event-view";
import type { AlertFire } from "@/lib/domain/alert-history";
import type { AlertPage, AlertVerdict } from "@/lib/domain/on-call";
import type { ClassTable } from "./class-table";
import { keyId, SERVICE_KIND } from "@/lib/domain/correlation-key";
import { redactAttributes } from "./redact-attributes";
import { redactEpisode } from "./redact-episode";
import type { EpisodeEvidence } from "./redact-episodes";
import { redactQuieting, type Quieting } from "./redact-quieting";
import { redactKey } from "./redact-key";
import { Redacted } from "./redacted";
import type { RedactionContext } from "./redaction-context";
import { staffName } from "./staff-name";

export interface OpenedEpisode extends EpisodeEvidence {
  /** Oldest first. */
  readonly fires: readonly AlertFire[];
  /** Ids of fires inside a flapping span. */
  readonly flapping: ReadonlySet<string>;
  readonly pages: readonly AlertPage[];
  readonly quieting: readonly Quieting[];
  /** All verdicts, those replaced included. */
  readonly history: readonly AlertVerdict[];
  /** Names of responders by id. */
  readonly responders: ReadonlyMap<string, string>;
  /** Only the part about this alert: the others of its group may be hidden. */
  readonly sent: string | undefined;
  readonly askedAt: Date;
}

/** Null for what the asker may not know of; of a stub nothing but its times. */
export function redactEpisodeDetail(opened: OpenedEpisode, context: RedactionContext): Redacted<EpisodeDetail> | null {
  const { row, extras, fires, flapping, pages, quieting, history, responders, sent } = opened;
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
    quietedBy: quieting.map((one) => redactQuieting(one, table, context)),
    verdicts: told?.verdicts ?? [],
    labels: last ? shownTexts("label", last.labels, table, context) : {},
    annotations: last ? shownTexts("annotation", last.annotations, table, context) : {},
    payload: sent !== undefined && table.reads("text") ? context.scrub(sent) : null,
    timeline: timelineOf(opened, context),
  });
}

/** Wide enough to see what came before, short enough to be answered while somebody waits. */
const AROUND_MS = 15 * 60_000;
const LONGEST_MS = 6 * 3_600_000;

/** Its service and window, for those who may ask by a service. */
function timelineOf({ row, askedAt }: OpenedEpisode, context: RedactionContext): EpisodeDetail["timeline"] {
  const { service, episode } = row;
  const key = service && redactKey({ kind: SERVICE_KIND, value: service.name }, context);
  if (!key) return null;
  const from = episode.startsAt.getTime() - AROUND_MS;
  const to = Math.min((episode.endsAt ?? askedAt).getTime() + AROUND_MS, from + LONGEST_MS, askedAt.getTime());
  return {
    keys: [keyId(key)],
    from: new Date(from).toISOString(),
    to: new Date(Math.max(to, from + AROUND_MS)).toISOString(),
  };
}

const NOTHING = {
  ...{
    transitions: [],
    pages: [],
    quietedBy: [],
    verdicts: [],
    labels: {},
    annotations: {},
    payload: null,
    timeline: null,
  },
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
