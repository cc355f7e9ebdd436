/** A review as tidy rows: one number a line, units in its own column, nothing that a spreadsheet takes for a formula. Pure. */
import type { Estimate, NoiseReport } from "@/lib/contract/noise-report";
import { groupText, prepareCofiring } from "@/lib/contract/noise-charts/prepare-cofiring";
import { preparePolicy } from "@/lib/contract/noise-charts/prepare-policy";
import { basisText } from "@/lib/contract/noise-charts/report-words";
import type { ReviewView } from "@/lib/contract/review";
import { formulaSafe } from "@/lib/stream/formula-safe";

const COLUMNS = ["month", "section", "key", "name", "metric", "value", "low", "high", "n", "unit", "note"] as const;
type Line = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;

const LOAD = {
  fires: "fires",
  episodes: "episodes",
  clusters: "clusters",
  pages: "pages",
  interrupts: "interrupts",
  wakeUps: "wake-ups",
  costMinutes: "person-minutes",
  noiseMinutes: "person-minutes",
} as const;

export function exportReviewCsv(view: ReviewView): string {
  const { month, report } = view;
  const lines: Line[] = [
    ...report.numbers.map((one) => ({
      section: "number",
      key: one.id,
      name: one.title,
      metric: "value",
      ...estimateOf(one.estimate),
      unit: one.unit,
    })),
    ...Object.entries(LOAD).map(([metric, unit]) => ({
      section: "total",
      metric,
      value: report.totals[metric as keyof typeof LOAD],
      unit,
    })),
    ...report.rules.flatMap((rule) => [
      ...loadLines("rule", rule.rule, rule),
      {
        section: "rule",
        key: rule.rule,
        name: rule.name,
        metric: "worthPaging",
        ...estimateOf(rule.worthPaging),
        unit: "share",
        note: rule.worthPaging.why || basisText(rule),
      },
      ...weakLines(rule, { section: "rule", key: rule.rule, name: rule.name }),
    ]),
    ...(["service", "team", "owner", "severity", "receiver"] as const).flatMap((dimension) =>
      report.breakdowns[dimension].flatMap((line) => loadLines(dimension, line.key, line)),
    ),
    ...weakLines(report, { section: "total" }),
    ...policyLines(report),
    ...estimateLines(report),
    ...durationLines(report),
    ...cofiringLines(report),
    ...view.decisions.map((one) => ({
      section: "decision",
      key: one.rule,
      name: one.ruleName,
      metric: one.kind,
      note: `${one.why} (owner ${one.owner}, due ${one.dueOn}, ${one.state})`,
    })),
    ...view.listed.map((one) => ({
      section: one.kind,
      key: one.label,
      name: one.label,
      metric: "since",
      note: one.since,
    })),
    ...(view.silencesUnknown === ""
      ? []
      : [{ section: "old-silence", metric: "notKnown", note: view.silencesUnknown }]),
    ...qualityLines(report),
  ];
  return [
    COLUMNS.join(","),
    ...lines.map((line) => COLUMNS.map((column) => cell(column === "month" ? month : line[column])).join(",")),
  ]
    .map((line) => `${line}\r\n`)
    .join("");
}

function weakLines({ weak }: Pick<NoiseReport, "weak">, of: Line): Line[] {
  if (weak === null) return [];
  return [
    { ...of, metric: "weakActionable", value: weak.actionable, unit: "clusters" },
    { ...of, metric: "weakNoise", value: weak.noise, unit: "clusters" },
    { ...of, metric: "weakAgreement", ...estimateOf(weak.agreement), unit: "share" },
  ];
}

function policyLines(report: NoiseReport): Line[] {
  const { classes, breaches } = preparePolicy(report);
  const told = (section: string, lines: typeof breaches): Line[] =>
    lines.flatMap(({ key, rules, pages, costMinutes }) => [
      { section, key, metric: "rules", value: rules, unit: "rules" },
      { section, key, metric: "pages", value: pages, unit: "pages" },
      { section, key, metric: "costMinutes", value: costMinutes, unit: "person-minutes" },
    ]);
  return [...told("watches", classes ?? []), ...told("breach", breaches)];
}

function estimateLines({ estimated }: NoiseReport): Line[] {
  return (estimated?.receivers ?? []).flatMap(({ receiver: key, notifications, pages }) => [
    { section: "estimated", key, metric: "notifications", value: notifications, unit: "notifications" },
    estimated?.scheduleKnown === true
      ? { section: "estimated", key, metric: "pages", value: pages, unit: "estimated pages" }
      : { section: "estimated", key, metric: "pages", unit: "estimated pages", note: "no schedule is known" },
  ]);
}

function durationLines({ duration: { byEnd, ...all } }: NoiseReport): Line[] {
  return [{ ending: "all", ...all }, ...(byEnd ?? [])].flatMap(({ ending: key, n, medianSeconds, p90Seconds }) => [
    { section: "duration", key, metric: "fires", value: n, unit: "fires" },
    { section: "duration", key, metric: "median", value: medianSeconds, n, unit: "seconds" },
    { section: "duration", key, metric: "p90", value: p90Seconds, n, unit: "seconds" },
  ]);
}

function cofiringLines(report: NoiseReport): Line[] {
  const { pairs, groups, note } = prepareCofiring(report);
  return [
    ...pairs.flatMap(({ key, a, b, together, expected, share, lagSeconds }) => {
      const pair = { section: "fires-together", key, name: `${a}, then ${b}` };
      return [
        { ...pair, metric: "together", value: together, unit: "episodes" },
        { ...pair, metric: "expected", value: expected, unit: "episodes" },
        { ...pair, metric: "ofTheRarer", value: share, unit: "share" },
        { ...pair, metric: "lag", value: lagSeconds, unit: "seconds" },
      ];
    }),
    ...groups.map((group, index) => ({
      ...{ section: "group-of-rules", key: String(index + 1), name: groupText(group) },
      ...{ metric: "share", value: group.share, n: group.rules.length + Number(group.lead !== ""), unit: "share" },
    })),
    ...(note === "" ? [] : [{ section: "group-of-rules", metric: "notKnown", note }]),
  ];
}

function loadLines(
  section: string,
  key: string,
  load: Readonly<Record<keyof typeof LOAD, number>> & { readonly name?: string },
): Line[] {
  return Object.entries(LOAD).map(([metric, unit]) => ({
    ...{ section, key, name: load.name ?? key, metric, unit },
    value: load[metric as keyof typeof LOAD],
  }));
}

function estimateOf({ value, low, high, n, why }: Estimate): Line {
  return { value, low, high, n, note: why };
}

function qualityLines({ quality, watermark }: NoiseReport): Line[] {
  return [
    { section: "quality", metric: "watermark", note: watermark, unit: "time" },
    ...quality.coverage.flatMap(({ source, hours, ofHours }) => [
      { section: "quality", key: source, metric: "heardHours", value: hours, unit: "hours" },
      { section: "quality", key: source, metric: "ofHours", value: ofHours, unit: "hours" },
    ]),
    ...(quality.coverage.length === 0
      ? [{ section: "quality", metric: "heardHours", note: "not known", unit: "hours" }]
      : []),
    {
      section: "quality",
      metric: "judgedClusters",
      value: quality.judged.clusters,
      n: quality.judged.of,
      unit: "clusters",
    },
    ...(quality.sample === null
      ? []
      : [
          {
            ...{ section: "quality", metric: "sampleJudged", unit: "clusters" },
            ...{ value: quality.sample.judged, n: quality.sample.of },
          },
        ]),
    { section: "quality", metric: "lostResolves", value: quality.lostResolves, unit: "fires" },
    { section: "quality", metric: "estimatedPages", value: quality.estimatedPages, unit: "pages" },
  ];
}

/** Our own numbers may be negative; only text can be a formula. */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = formulaSafe(value);
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
