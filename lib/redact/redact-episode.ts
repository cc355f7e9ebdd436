/** An episode of alert history as one asker may read it. Names of rules are configuration: told to whoever reads `workflow`. Pure. */
import type { AlertEpisode } from "@/lib/domain/alert-history";
import type { EpisodeView, VerdictView } from "@/lib/contract/alerts";
import type { AlertVerdict } from "@/lib/domain/on-call";
import { SOURCE_KINDS, type SourceId } from "@/lib/domain/source-id";
import type { RowService } from "@/lib/domain/stitched-timeline";
import { readNote } from "./read-note";
import type { RowAccess, ScopedRow } from "./row-access";
import type { RedactionContext } from "./redaction-context";
import { staffName } from "./staff-name";

/** An episode with what row rules look at. */
export interface EpisodeRow {
  readonly episode: AlertEpisode;
  /** Labels of its first fire. */
  readonly labels: Readonly<Record<string, string>>;
  /** Null when no label names one. */
  readonly service: RowService | null;
}

export interface EpisodeExtras {
  readonly pages: number;
  /** The last of each person. */
  readonly verdicts: readonly AlertVerdict[];
  /** User id of the asker. */
  readonly reader: string;
}

/** The most that rules grant for any of its sources: one fact told by two sources is seen by whoever sees one of them. */
export function episodeAccess({ episode, labels, service }: EpisodeRow, context: RedactionContext): RowAccess {
  const attributes = Object.fromEntries(Object.entries(labels).map(([name, value]) => [`label.${name}`, value]));
  const granted = episode.sources.map((source) =>
    context.rowAccess({
      event: { kind: "alert", source: sourceOf(source), attributes },
      service,
      recognised: false,
    } satisfies ScopedRow),
  );
  if (granted.includes("full")) return "full";
  return granted.includes("stub") ? "stub" : "omit";
}

/** Null for a row that the asker may not know of. */
export function redactEpisode(row: EpisodeRow, extras: EpisodeExtras, context: RedactionContext): EpisodeView | null {
  const access = episodeAccess(row, context);
  if (access === "omit") return null;
  const { episode } = row;
  const times = {
    id: episode.id,
    startsAt: episode.startsAt.toISOString(),
    endsAt: episode.endsAt?.toISOString() ?? null,
    endReason: episode.endReason,
  };
  if (access === "stub") return { ...STUB, ...times };
  const table = context.table(row.service);
  if (table.treat("workflow") !== "show") return { ...STUB, ...times };
  const { seesInfrastructure } = table;
  return {
    ...times,
    rule: episode.rule,
    name: context.scrub(episode.name),
    service: episode.service === "unknown" ? "unknown" : context.serviceName(episode.service),
    environment: seesInfrastructure ? episode.environment : "",
    team: episode.team,
    severity: context.scrub(episode.severity),
    fires: episode.fires,
    flapping: episode.flapping,
    route: episode.route,
    silenced: episode.silenced,
    inhibited: episode.inhibited,
    monitoringFault: episode.monitoringFault,
    reconstructed: episode.reconstructed,
    sources: seesInfrastructure ? [...episode.sources] : [],
    pages: extras.pages,
    verdicts: extras.verdicts.flatMap((verdict) => verdictView(verdict, extras.reader, row, context)),
    stub: false,
  };
}

function verdictView(
  verdict: AlertVerdict,
  reader: string,
  { service }: EpisodeRow,
  context: RedactionContext,
): VerdictView[] {
  if (verdict.verdict === null) return [];
  const table = context.table(service);
  const mine = verdict.by === reader;
  return [
    {
      verdict: verdict.verdict,
      reason: verdict.reason,
      note: mine ? verdict.note : readNote(verdict.note, table, context),
      by: mine ? "you" : staffName(verdict.byName, table),
      mine,
      at: verdict.createdAt.toISOString(),
    },
  ];
}

/** Hooks may have kinds that no source has: rules by source kind then mean the alert manager. */
function sourceOf(origin: string): SourceId {
  const slash = origin.indexOf("/");
  const kind = SOURCE_KINDS.find((one) => one === origin.slice(0, slash));
  // By its whole name: a rule that names an alert manager of the same name is not about this hook.
  return kind === undefined ? `alertmanager/${origin}` : `${kind}/${origin.slice(slash + 1)}`;
}

const STUB = {
  rule: "",
  name: "An alert. Details are not shared with your role.",
  service: "",
  environment: "",
  team: "",
  severity: "",
  fires: 0,
  flapping: 0,
  route: "unknown" as const,
  silenced: false,
  inhibited: false,
  monitoringFault: false,
  reconstructed: false,
  sources: [] as string[],
  pages: 0,
  verdicts: [] as VerdictView[],
  stub: true,
} satisfies Omit<EpisodeView, "id" | "startsAt" | "endsAt" | "endReason">;
