/**
 * What of the history a role may list. Filters work on what it reads: a filter that would match hidden content leaves the row
 * out, and rows of which only the existence is known appear only where nothing but time was asked for.
 */
import "server-only";
import { episodeAccess, redactEpisode } from "@/lib/redact/redact-episode";
import type { AlertRepository, EpisodeGroup } from "@/lib/store/alert-repository";
import type { EpisodeFilter } from "@/lib/store/episode-filter";
import type { LabelledEpisode } from "@/lib/store/labelled-episodes";
import type { AlertReader } from "./alert-reader";

const MAX_GROUPS = 5_000;
const NO_EXTRAS = { pages: 0, verdicts: [], reader: "" };

export interface VisibleHistory {
  /** For the database: never narrower than what may be listed. */
  readonly filter: EpisodeFilter;
  /** Of the groups that may be listed. */
  readonly groups: readonly EpisodeGroup[];
  /** Null when there were too many to look at. */
  readonly total: number | null;
  isListed(found: LabelledEpisode): boolean;
}

export async function visibleHistory(
  asked: EpisodeFilter,
  reader: AlertReader,
  alerts: Pick<AlertRepository, "groups">,
): Promise<VisibleHistory> {
  const seesAll = reader.context.base.seesInfrastructure;
  // Names as the role reads them may not be those of the database: then they are compared after redaction.
  const filter = seesAll ? asked : { ...asked, words: [], service: undefined, source: undefined };
  const isListed = (found: LabelledEpisode) => isListedFor(found, asked, reader);
  const groups = await alerts.groups(filter, MAX_GROUPS + 1);
  const listed = groups.filter(({ sample }) => isListed(sample));
  const isCut = groups.length > MAX_GROUPS;
  const fingerprints = isCut ? undefined : [...new Set(listed.map(({ sample }) => sample.episode.fingerprint))];
  return {
    filter: { ...filter, fingerprints },
    groups: listed,
    total: isCut ? null : listed.reduce((sum, { episodes }) => sum + episodes, 0),
    isListed,
  };
}

function isListedFor(found: LabelledEpisode, asked: EpisodeFilter, { context, rowOf }: AlertReader): boolean {
  const row = rowOf(found);
  if (episodeAccess(row, context) === "omit") return false;
  const view = redactEpisode(row, NO_EXTRAS, context);
  if (!view) return false;
  if (view.stub) return !isNarrow(asked);
  const { service, source, words } = asked;
  const text = `${view.name} ${view.service}`.toLowerCase();
  return (
    (service === undefined || view.service === service) &&
    (source === undefined || view.sources.includes(source)) &&
    words.every((word) => text.includes(word.toLowerCase()))
  );
}

function isNarrow({ rule, service, team, severity, source, route, judged, faults, words }: EpisodeFilter): boolean {
  const named = [rule, service, team, severity, source, route, judged].some((value) => value !== undefined);
  return named || words.length > 0 || faults !== "with";
}
