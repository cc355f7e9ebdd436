/** The measures of one month, as the page, the exports and the API carry them. Definitions: docs/noise-definitions.md. */
import { z } from "zod";
import { CofiringGroups, CofiringPair } from "./cofiring";
import { EstimatedPages } from "./estimated-pages";
import { PersonLoad } from "./person-load";
import { FIRST_DETECTORS, VERDICTS } from "@/lib/domain/on-call";
import { RULE_CLASSES } from "@/lib/domain/rule-class";
import { NoiseSettings } from "@/lib/domain/noise-settings";

const count = z.number().int().min(0);
const instant = z.iso.datetime();

/** A number that knows how sure it is. `value` null: not shown, and `why` says why. Shares are 0 to 1. */
export const Estimate = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** What it was estimated from. */
  n: count,
  /** `too few verdicts (2 of 3)`; empty when there is a value. */
  why: z.string(),
});
export type Estimate = z.infer<typeof Estimate>;

/** What a figure counts: its rows can be opened with this name, and a group of it with `group`. */
export const FIGURES = [
  "fires",
  "episodes",
  "clusters",
  "pages",
  "estimated-pages",
  "estimated-notifications",
  "interrupts",
  "wake-ups",
  "disturbed-nights",
  "transient",
  "stale",
  "flapping",
  "ended-after-act",
  "ended-alone",
  "ending-not-known",
  "redundant-pages",
  "orphans",
  "not-yet-known",
  "monitoring-faults",
  "storms",
  "together",
  "noise-cost",
  "judged",
  "sampled",
  "sample-judged",
  "weak-actionable",
  "weak-noise",
  "weak-compared",
  "impacts",
  "detected",
  "customer-first",
] as const;
export const Figure = z.enum(FIGURES);
export type Figure = z.infer<typeof Figure>;

/** One of the five numbers at the head. */
export const HeadNumber = z.strictObject({
  id: z.enum(["wake-ups", "shift-load", "noise-hours", "recall", "customer-first"]),
  title: z.string(),
  definition: z.string(),
  unit: z.string(),
  estimate: Estimate,
  before: Estimate.nullable(),
  /** New over old, where that means something. */
  ratio: Estimate.nullable(),
  /** `no clear change`, `lower`, `higher`, `not known`. */
  change: z.enum(["lower", "higher", "no-clear-change", "not-known"]),
  /** What to open; null for a number that is not a count of rows. */
  figure: Figure.nullable(),
});
export type HeadNumber = z.infer<typeof HeadNumber>;

const load = {
  fires: count,
  episodes: count,
  clusters: count,
  pages: count,
  interrupts: count,
  wakeUps: count,
  /** Person-minutes of all pages. */
  costMinutes: z.number().min(0),
  /** Of these, what was probably for nothing. */
  noiseMinutes: z.number().min(0),
};

/** Of fires that their source resolved. */
const durations = { n: count, medianSeconds: z.number().nullable(), p90Seconds: z.number().nullable() };

/** One value of a dimension. The lines of each dimension add up to the total; `unknown` is a value like others. */
export const BreakdownLine = z.strictObject({ key: z.string(), ...load });
export type BreakdownLine = z.infer<typeof BreakdownLine>;

/**
 * What recorded acts suggest where nobody need have said anything, in clusters and rules; how often people who did say
 * something agree. Never part of a verdict's share. Null in reports signed before this was measured.
 */
const WeakLabels = z.strictObject({ actionable: count, noise: count, agreement: Estimate }).nullable().default(null);

export const RuleStanding = z.enum(["retire", "trusted", "ask", "too-few"]);
export const RuleLine = z.strictObject({
  rule: z.string(),
  name: z.string(),
  owner: z.string(),
  service: z.string(),
  team: z.string(),
  severity: z.string(),
  ...load,
  /** Judged clusters by verdict; a disputed one counts in parts. */
  votes: z.record(z.enum(VERDICTS), z.number()),
  disputed: count,
  worthPaging: Estimate,
  /**
   * Judged clusters by why they were judged: asked for because they were drawn at random, or volunteered; of all that page;
   * and how many of equal weight they are worth. Null in reports signed before this was measured.
   */
  basis: z
    .strictObject({ asked: count, volunteered: count, of: count, effective: z.number().min(0) })
    .nullable()
    .default(null),
  conditionReal: Estimate,
  weak: WeakLabels,
  standing: RuleStanding,
  transient: count,
  stale: count,
  flappingFires: count,
  redundantPages: count,
  orphans: count,
  notYetKnown: count,
  /** What it watches, and what told so. Null in reports signed before this was measured. */
  watches: z
    .strictObject({ class: z.enum(RULE_CLASSES), by: z.enum(["label", "expression", "name", "nothing"]) })
    .nullable()
    .default(null),
  /** Breaches of the paging policy, in fixed words: `single-warning-pages`, `no-owner`, … */
  lint: z.array(z.string()),
  /** Firing seconds that 25, 50, 75 % of its resolved fires did not exceed: a longer `for` by that removes them. */
  forToRemove: z.strictObject({
    quarter: z.number().nullable(),
    half: z.number().nullable(),
    most: z.number().nullable(),
  }),
});
export type RuleLine = z.infer<typeof RuleLine>;

export const ReviewQuestion = z.strictObject({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  /** False: "not known because …" is the answer. */
  known: z.boolean(),
  rows: z.array(z.strictObject({ label: z.string(), value: z.string(), figure: Figure.nullable(), group: z.string() })),
});
export type ReviewQuestion = z.infer<typeof ReviewQuestion>;

export const NoiseReport = z.strictObject({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  from: instant,
  to: instant,
  watermark: instant,
  settings: NoiseSettings,
  quality: z.strictObject({
    coverage: z.array(z.strictObject({ source: z.string(), hours: z.number(), ofHours: z.number() })),
    lostResolves: count,
    clockSkewP95Seconds: z.number().nullable(),
    withoutService: count,
    withoutOwner: count,
    /** Of all pages, those whose hour class was told by an assumed zone. */
    zoneAssumed: z.strictObject({ pages: count, of: count }),
    judged: z.strictObject({ clusters: count, of: count }),
    /** Clusters drawn at random to be judged, and those of them that were. Null in reports signed before there were any. */
    sample: z.strictObject({ judged: count, of: count }).nullable().default(null),
    notYetKnown: count,
    duplicatesMerged: count,
    reconstructed: count,
    /** No pager told of pages: they are estimated, and not in the totals. */
    estimatedPages: count,
    undelivered: count,
  }),
  numbers: z.array(HeadNumber).length(5),
  sentences: z.array(z.string()).max(3),
  totals: z.strictObject({
    ...load,
    disturbedNights: count,
    onCallNights: count,
    storms: count,
    hours: z.strictObject({ business: count, off: count, sleep: count }),
    transient: count,
    stale: count,
    flappingFires: count,
    redundantPages: count,
    orphans: count,
    faults: z.strictObject({ fires: count, episodes: count, pages: count }),
  }),
  /** Competing risks: acknowledged by a person, over before that, still open. */
  ack: z.strictObject({
    n: count,
    within: z.array(z.strictObject({ minutes: z.number(), acked: z.number(), resolvedFirst: z.number() })),
    acked: count,
    resolvedFirst: count,
    open: count,
    bulk: count,
    negative: count,
    medianSeconds: z.number().nullable(),
    p90Seconds: z.number().nullable(),
  }),
  duration: z.strictObject({
    ...durations,
    /** By who ended them; the `n` add up. Null in reports signed before this was measured. */
    byEnd: z
      .array(z.strictObject({ ending: z.enum(["after-act", "alone", "not-known"]), ...durations }))
      .nullable()
      .default(null),
  }),
  rules: z.array(RuleLine),
  breakdowns: z.strictObject({
    service: z.array(BreakdownLine),
    team: z.array(BreakdownLine),
    owner: z.array(BreakdownLine),
    severity: z.array(BreakdownLine),
    receiver: z.array(BreakdownLine),
  }),
  /** Who makes noise for whom. */
  matrix: z.array(z.strictObject({ owner: z.string(), paged: z.string(), pages: count })),
  cofiring: z.array(CofiringPair),
  cofiringGroups: CofiringGroups.nullable().default(null),
  /** By the clock of whoever was paged. `weekday` 1 is Monday. */
  heat: z.array(
    z.strictObject({ weekday: z.number().int(), hour: z.number().int(), pages: count, sleep: z.boolean() }),
  ),
  shifts: z.strictObject({
    /** Twelve-hour slices of on-call time by the clusters in them. */
    slices: z.array(z.strictObject({ clusters: count, slices: count })),
    overTarget: Estimate,
    most: count,
    people: count,
  }),
  people: z.array(PersonLoad),
  trend: z.strictObject({
    /** Clusters per 100 on-call hours, or a day when no hours are known. */
    unit: z.enum(["per-100-on-call-hours", "per-day"]),
    days: z.array(
      z.strictObject({
        day: z.iso.date(),
        clusters: count,
        rate: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      }),
    ),
    ruleChanges: z.array(
      z.strictObject({ day: z.iso.date(), rule: z.string(), kind: z.enum(["new", "changed", "removed"]) }),
    ),
    ratio: Estimate,
    /** Four lines that add up to the change in clusters. */
    parts: z
      .strictObject({ added: z.number(), removed: z.number(), volume: z.number(), renamed: z.number() })
      .nullable(),
  }),
  movers: z.array(
    z.strictObject({
      rule: z.string(),
      name: z.string(),
      before: count,
      after: count,
      kind: z.enum(["new", "gone", "worse", "better"]),
    }),
  ),
  recall: z.strictObject({
    impacts: count,
    detected: count,
    recall: Estimate,
    within: z.array(z.strictObject({ minutes: z.number(), recall: Estimate })),
    firstDetector: z.array(z.strictObject({ detector: z.enum(FIRST_DETECTORS), impacts: count })),
    customerFirst: Estimate,
    /** Estimated number of all impacts from two channels that know of each other nothing; null when it cannot be told. */
    estimatedImpacts: z.number().nullable(),
  }),
  /** Firing seconds (without the wait) and the share of resolved fires that were no longer. */
  firingTimes: z.array(z.strictObject({ seconds: z.number(), share: z.number() })),
  ranking: z.strictObject({
    topTenShare: z.number().nullable(),
    /** Kendall's tau of the ranking against weights halved and doubled. */
    tauHalf: z.number().nullable(),
    tauDouble: z.number().nullable(),
  }),
  weak: WeakLabels,
  estimated: EstimatedPages.nullable().default(null),
  questions: z.array(ReviewQuestion),
});
export type NoiseReport = z.infer<typeof NoiseReport>;
