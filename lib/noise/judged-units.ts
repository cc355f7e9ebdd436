/** What people said of alerts, as one vote for each cluster and rule. */
import type { AlertVerdict, VerdictKind } from "@/lib/domain/on-call";
import { at } from "./at";
import { countBy } from "./count-by";
import type { FireIndex } from "./index-fires";
import { unitKey, type VerdictSample } from "./verdict-sample";

/** One cluster judged for one rule: a flapping rule cannot collect two hundred votes. */
export interface JudgedUnit {
  readonly cluster: number;
  readonly rule: string;
  readonly team: string;
  readonly inMonth: boolean;
  /** Monitoring faults say nothing of a rule. */
  readonly fault: boolean;
  /** Shares of the votes; they add up to 1. */
  readonly votes: Readonly<Partial<Record<VerdictKind, number>>>;
  readonly disputed: boolean;
  /** Its first verdict was given in the backlog, where its cluster was asked about because it was drawn. */
  readonly asked: boolean;
  /** How many units it stands for. */
  readonly weight: number;
}

/** The last vote of each person counts; people who disagree count in parts. */
export function judgeUnits(
  verdicts: readonly AlertVerdict[],
  index: FireIndex,
  isFault: (fire: number) => boolean,
  sample: VerdictSample,
): Map<string, JudgedUnit> {
  const units = new Map<string, { episode: number; votes: Map<string, AlertVerdict>; first: FirstVerdict }>();
  for (const verdict of verdicts) {
    const episode = index.episodes.byId.get(verdict.episodeId);
    if (episode === undefined) continue;
    const key = unitKey(at(index.episodes.clusterOf, episode), ruleOf(index, episode));
    const unit = units.get(key) ?? {
      episode,
      votes: new Map<string, AlertVerdict>(),
      first: { at: Infinity, inBacklog: false },
    };
    // Copies and order of the input must not matter: a tie of times goes to the name.
    const last = unit.votes.get(verdict.by);
    if (last === undefined || isLater(verdict, last)) unit.votes.set(verdict.by, verdict);
    if (verdict.verdict !== null) unit.first = earlier(unit.first, verdict);
    unit.episode = Math.min(unit.episode, episode);
    units.set(key, unit);
  }
  const judged = new Map<string, JudgedUnit>();
  for (const [key, { episode, votes, first }] of [...units].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kinds = [...votes.values()].map(({ verdict }) => verdict).filter((kind) => kind !== null);
    if (kinds.length === 0) continue;
    const shares: Partial<Record<VerdictKind, number>> = {};
    for (const kind of kinds.sort()) shares[kind] = (shares[kind] ?? 0) + 1 / kinds.length;
    const fire = at(index.episodes.first, episode);
    const cluster = at(index.episodes.clusterOf, episode);
    const { from, to } = index.clusters.inMonth;
    judged.set(key, {
      cluster,
      rule: ruleOf(index, episode),
      team: at(index.fires, fire).team || "unknown",
      inMonth: cluster >= from && cluster < to,
      fault: isFault(fire),
      votes: shares,
      disputed: Object.keys(shares).length > 1,
      asked: first.inBacklog && sample.get(key)?.drawn === true,
      weight: 1,
    });
  }
  return weigh(judged, sample);
}

/**
 * What each unit stands for, by rule: one that was volunteered for itself alone; those that were asked for, together for all
 * that page and that nobody volunteered for (weights are one over the share of these that was asked for and judged). Where
 * nothing was asked for, everybody weighs the same.
 */
function weigh(judged: ReadonlyMap<string, JudgedUnit>, sample: VerdictSample): Map<string, JudgedUnit> {
  const all = countBy([...sample.values()].map(({ rule }) => rule));
  const known = [...judged].filter(([key, unit]) => sample.has(key) && unit.inMonth && !unit.fault);
  const asked = countBy(known.filter(([, unit]) => unit.asked).map(([, { rule }]) => rule));
  const volunteered = countBy(known.filter(([, unit]) => !unit.asked).map(([, { rule }]) => rule));
  return new Map(
    [...judged].map(([key, unit]) => {
      const rest = (all.get(unit.rule) ?? 0) - (volunteered.get(unit.rule) ?? 0);
      return [key, unit.asked ? { ...unit, weight: rest / (asked.get(unit.rule) ?? 1) } : unit];
    }),
  );
}

function ruleOf(index: FireIndex, episode: number): string {
  return at(index.fires, at(index.episodes.first, episode)).rule || "unknown";
}

interface FirstVerdict {
  readonly at: number;
  readonly inBacklog: boolean;
}

/** Of two at one time, whatever was not given in the backlog: that it was asked for is not to be assumed. */
function earlier(first: FirstVerdict, { createdAt, via }: AlertVerdict): FirstVerdict {
  const [at, inBacklog] = [createdAt.getTime(), via === "backlog"];
  if (at !== first.at) return at < first.at ? { at, inBacklog } : first;
  return { at, inBacklog: inBacklog && first.inBacklog };
}

function isLater(a: AlertVerdict, b: AlertVerdict): boolean {
  const apart = a.createdAt.getTime() - b.createdAt.getTime();
  return apart > 0 || (apart === 0 && String(a.verdict) > String(b.verdict));
}
