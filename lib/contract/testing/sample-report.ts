/** A report to draw in tests: empty but for what a test puts in. */
import type { HeadNumber, NoiseReport, RuleLine } from "@/lib/contract/noise-report";
import type { ReviewView } from "@/lib/contract/review";
import { NoiseSettings } from "@/lib/domain/noise-settings";

const NOTHING = { value: null, low: null, high: null, n: 0, why: "nothing is known" };
const LOAD = {
  fires: 0,
  episodes: 0,
  clusters: 0,
  pages: 0,
  interrupts: 0,
  wakeUps: 0,
  costMinutes: 0,
  noiseMinutes: 0,
};

export function ruleLine(rule: string, parts: Partial<RuleLine>): RuleLine {
  return {
    ...LOAD,
    rule,
    name: rule,
    owner: "Storefront team",
    service: "shop",
    team: "Storefront team",
    severity: "page",
    votes: { actionable: 0, "not-page-worthy": 0, expected: 0, duplicate: 0, noise: 0 },
    disputed: 0,
    worthPaging: NOTHING,
    basis: null,
    conditionReal: NOTHING,
    weak: null,
    standing: "too-few",
    transient: 0,
    stale: 0,
    flappingFires: 0,
    redundantPages: 0,
    orphans: 0,
    notYetKnown: 0,
    watches: null,
    lint: [],
    forToRemove: { quarter: null, half: null, most: null },
    ...parts,
  };
}

function headNumber(id: HeadNumber["id"], title: string): HeadNumber {
  return {
    id,
    title,
    definition: `What ${title} means`,
    unit: "times",
    estimate: NOTHING,
    before: null,
    ratio: null,
    change: "not-known",
    figure: null,
  };
}

export function sampleReport({ rules = [], ...parts }: Partial<NoiseReport>): NoiseReport {
  const noiseMinutes = rules.reduce((total, rule) => total + rule.noiseMinutes, 0);
  return {
    month: "2026-10",
    from: "2026-10-01T00:00:00.000Z",
    to: "2026-11-01T00:00:00.000Z",
    watermark: "2026-11-02T00:00:00.000Z",
    settings: NoiseSettings.parse({}),
    quality: {
      coverage: [{ source: "alertmanager/main", hours: 700, ofHours: 744 }],
      lostResolves: 0,
      clockSkewP95Seconds: null,
      withoutService: 0,
      withoutOwner: 0,
      zoneAssumed: { pages: 0, of: 0 },
      judged: { clusters: 0, of: 0 },
      sample: null,
      notYetKnown: 0,
      duplicatesMerged: 0,
      reconstructed: 0,
      estimatedPages: 0,
      undelivered: 0,
    },
    numbers: [
      headNumber("wake-ups", "Wake-ups"),
      headNumber("shift-load", "Clusters per shift"),
      headNumber("noise-hours", "Hours of noise"),
      headNumber("recall", "Found by alerts"),
      headNumber("customer-first", "Customers knew first"),
    ],
    sentences: [],
    totals: {
      ...LOAD,
      noiseMinutes,
      disturbedNights: 0,
      onCallNights: 0,
      storms: 0,
      hours: { business: 0, off: 0, sleep: 0 },
      transient: 0,
      stale: 0,
      flappingFires: 0,
      redundantPages: 0,
      orphans: 0,
      faults: { fires: 0, episodes: 0, pages: 0 },
    },
    ack: {
      n: 0,
      within: [],
      acked: 0,
      resolvedFirst: 0,
      open: 0,
      bulk: 0,
      negative: 0,
      medianSeconds: null,
      p90Seconds: null,
    },
    duration: { n: 0, medianSeconds: null, p90Seconds: null, byEnd: null },
    rules,
    breakdowns: { service: [], team: [], owner: [], severity: [], receiver: [] },
    matrix: [],
    cofiring: [],
    cofiringGroups: null,
    heat: [],
    shifts: { slices: [], overTarget: NOTHING, most: 0, people: 0 },
    people: [],
    trend: { unit: "per-day", days: [], ruleChanges: [], ratio: NOTHING, parts: null },
    movers: [],
    recall: {
      impacts: 0,
      detected: 0,
      recall: NOTHING,
      within: [],
      firstDetector: [],
      customerFirst: NOTHING,
      estimatedImpacts: null,
    },
    firingTimes: [],
    ranking: { topTenShare: null, tauHalf: null, tauDouble: null },
    weak: null,
    estimated: null,
    questions: [],
    ...parts,
  };
}

export function sampleReview(parts: Partial<ReviewView>): ReviewView {
  return {
    month: "2026-10",
    state: "draft",
    report: sampleReport({}),
    ruleSet: null,
    summary: "",
    decisions: [],
    carriedOver: [],
    lastMonth: [],
    restatement: null,
    signatures: [],
    hash: null,
    listed: [],
    silencesUnknown: "",
    backlog: [],
    mayDecide: false,
    maySign: false,
    suppressed: [],
    version: 1,
    ...parts,
  };
}
