/** Answers made of episodes of alert history: pages of it, rules, what waits for a verdict. Pure. */
import type { AlertRules } from "@/lib/contract/alert-rules";
import type {
  BacklogItem,
  BacklogView,
  EpisodePage,
  EpisodeView,
  JudgedView,
  RuleSummary,
} from "@/lib/contract/alerts";
import type { HistoryGap } from "@/lib/domain/firing-history";
import { redactEpisode, type EpisodeExtras, type EpisodeRow } from "./redact-episode";
import { Redacted } from "./redacted";
import type { RedactionContext } from "./redaction-context";
import { staffName } from "./staff-name";

export interface EpisodeEvidence {
  readonly row: EpisodeRow;
  readonly extras: EpisodeExtras;
}

/** In the order given; what the asker may not know of is left out. */
function redactEach(found: readonly EpisodeEvidence[], context: RedactionContext): EpisodeView[] {
  return found.flatMap(({ row, extras }) => redactEpisode(row, extras, context) ?? []);
}

interface EpisodeList {
  readonly found: readonly EpisodeEvidence[];
  readonly next: string | null;
  readonly total: number | null;
  /** When a source was not heard. */
  readonly gaps: readonly {
    readonly source: string;
    readonly from: Date;
    readonly to: Date;
    readonly why: keyof typeof WHY_UNKNOWN;
  }[];
  readonly gapsTotal: number;
  readonly heard: EpisodePage["heard"];
}

const WHY_UNKNOWN = {
  "not-heard": "Nothing was heard from it. What fired then is not known, unless it still fired later.",
  unreadable: "Its own history of this time could not be read. What fired then is not known.",
  "not-kept": "Before anybody listened, and older than what it keeps. What fired then is not known.",
  silent: "Before anybody listened, and it recorded nothing itself. What fired then is not known.",
  "too-much": "Before anybody listened, and more fired than is taken over. What fired then is not known.",
  "no-alerts": "It has rules, but its history holds no alert: nothing fired, or it does not keep them.",
} as const satisfies Record<HistoryGap["why"] | "not-heard", string>;

export function redactEpisodePage(list: EpisodeList, context: RedactionContext): Redacted<EpisodePage> {
  const { found, next, total, gaps, gapsTotal, heard } = list;
  return Redacted.seal({
    ...{ episodes: redactEach(found, context), next, total, gapsTotal },
    gaps: gaps.map(({ source, from, to, why }) => ({
      ...{ source: sourceName(source, context), from: from.toISOString(), to: to.toISOString() },
      why: WHY_UNKNOWN[why],
    })),
    heard: heard.map((line) => ({ ...line, source: sourceName(line.source, context) })),
  });
}

/** One episode by itself; null for what the asker may not know of. */
export function redactOneEpisode(one: EpisodeEvidence, context: RedactionContext): Redacted<EpisodeView> | null {
  const view = redactEpisode(one.row, one.extras, context);
  return view && Redacted.seal(view);
}

export function redactJudged(found: readonly EpisodeEvidence[], context: RedactionContext): Redacted<JudgedView> {
  return Redacted.seal({ judged: found.length, episodes: redactEach(found, context) });
}

/** What is counted of a rule; what it is called is read from its episode. */
type CountedRule = Omit<RuleSummary, "name" | "service" | "severity" | "owner">;

interface RuleList extends Omit<AlertRules, "rules" | "total"> {
  readonly counted: readonly CountedRule[];
  /** One readable episode of each rule. */
  readonly samples: readonly EpisodeEvidence[];
  readonly take: number;
}

/** Rules of which the asker may only know that something fired are left out. */
export function redactRules(list: RuleList, context: RedactionContext): Redacted<AlertRules> {
  const { counted, samples, take, from, to } = list;
  const views = redactEach(samples, context).filter(({ stub }) => !stub);
  const named = new Map(views.map((view) => [view.rule, view]));
  const rules = counted.flatMap((line) => {
    const view = named.get(line.rule);
    if (!view) return [];
    const { name, service, severity, team: owner } = view;
    return [{ ...line, name, service, severity, owner }];
  });
  return Redacted.seal({ rules: rules.slice(0, take), from, to, total: rules.length });
}

type Backlog = Omit<BacklogView, "items"> & {
  readonly items: readonly (Omit<BacklogItem, "episode" | "paged"> & {
    readonly evidence: EpisodeEvidence;
    /** Names of whoever was paged. */
    readonly paged: readonly string[];
  })[];
};

export function redactBacklog({ items, ...rest }: Backlog, context: RedactionContext): Redacted<BacklogView> {
  return Redacted.seal({
    ...rest,
    items: items.flatMap(({ evidence, paged, ...item }) => {
      const episode = redactEpisode(evidence.row, evidence.extras, context);
      if (!episode || episode.stub) return [];
      return [{ ...item, episode, paged: [...new Set(paged.map((name) => staffName(name, context.base)))] }];
    }),
  });
}

/** Which instance it was is infrastructure; of what kind is not. */
export function sourceName(source: string, context: RedactionContext): string {
  return context.base.seesInfrastructure ? source : source.replace(/\/.*$/, "");
}
