/** The printed side of the evaluation: the table, and one incident explained. */
import type { PlantedIncident } from "./planted-incident";
import { SHAPES } from "./planted-incident";
import { judge, MEASURES, missedTargets, score, TARGETS, type Measure, type Score, type Scored } from "./score";

const TITLES: Readonly<Record<Measure, string>> = {
  incidents: "cases",
  recall: "recall",
  precision: "precision",
  foreignRows: "foreign",
  top1: "top-1",
  top3: "top-3",
  inconclusive: "inconcl.",
  wronglyConclusive: "too sure",
  wrongService: "wrong svc",
  firstSymptom: "1st sympt.",
};
const COUNTS: ReadonlySet<Measure> = new Set(["incidents", "foreignRows", "wronglyConclusive", "wrongService"]);

export function scoreTable(all: readonly Scored[]): string {
  const total = score(all);
  const missed = missedTargets(total);
  const rows = [
    ...scoreRows(all, SHAPES),
    ["target", ...MEASURES.map(targetText)],
    ["", ...MEASURES.map((measure) => (TARGETS[measure] ? (missed.includes(measure) ? "MISSED" : "met") : ""))],
  ];
  return alignedTable(rows);
}

/** A head, one row for each shape, and the sum of all. */
export function scoreRows(all: readonly Scored[], shapes: readonly PlantedIncident["shape"][]): string[][] {
  return [
    ["shape", ...MEASURES.map((measure) => TITLES[measure])],
    ...shapes.map((shape) => [shape, ...cells(score(all.filter(({ incident }) => incident.shape === shape)))]),
    ["all", ...cells(score(all))],
  ];
}

/** First column to the left, the others to the right. */
export function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

/** What was planted, what was answered, and what differs. */
export function explanation(one: Scored): string {
  const { incident, answer } = one;
  const verdict = judge(one);
  const { truth, asked } = incident;
  const describe = describer(incident);
  const finding = answer.breakPoint;
  return [
    `${incident.name}: asked ${asked.kind}:${asked.value}, ${incident.records.length} records held`,
    `  ${truth.story}`,
    `  expected break: ${truth.breakPoint ? [...truth.breakPoint.services].join(" or ") : "inconclusive"}`,
    ...[...(truth.breakPoint?.records ?? [])].map((id) => `    accepted   ${describe(id)}`),
    `  answered: ${finding?.level ?? "no break-point finding"}`,
    ...(finding?.candidates ?? []).map(
      (one) => `    candidate  evidence ${one.evidence}, ${one.service ?? "no service"}: ${describe(one.record)}`,
    ),
    ...(finding?.rejected ?? []).map(({ record, reason }) => `    rejected   ${reason}: ${describe(record)}`),
    `  first symptom ${verdict.firstSymptom ? "right" : "wrong"}: ${describe(answer.firstSymptom ?? "none")}`,
    `  ${answer.shown.length} rows shown`,
    ...verdict.missing.map((id) => `    missing    ${describe(id)}`),
    ...verdict.foreign.map((id) => `    foreign    ${describe(id)}`),
    ...verdict.stray.map((id) => `    stray      ${describe(id)}`),
  ].join("\n");
}

/** One line per answer that is not as it should be. */
export function failures(all: readonly Scored[]): string[] {
  return all.flatMap((one) => {
    const { truth, name } = one.incident;
    const { missing, foreign, top1, top3, inconclusive } = judge(one);
    const [best] = one.answer.breakPoint?.candidates ?? [];
    const level = one.answer.breakPoint?.level ?? "no finding";
    const said = best === undefined ? level : `${level}, best ${best.service ?? "no service"}`;
    const wrong = [
      ...(missing.length > 0 ? [`${missing.length} missing`] : []),
      ...(foreign.length > 0 ? [`${foreign.length} foreign`] : []),
      ...(truth.breakPoint !== undefined && !top1 ? [`break not first${top3 ? "" : ", not in three"} (${said})`] : []),
      ...(truth.breakPoint === undefined && !inconclusive ? [`should be inconclusive (${said})`] : []),
    ];
    return wrong.length === 0 ? [] : [`${name}: ${wrong.join("; ")}`];
  });
}

function describer(incident: PlantedIncident) {
  const byId = new Map(incident.records.map((record) => [record.id, record]));
  return (id: string) => {
    const event = byId.get(id);
    if (event === undefined) return id;
    return `${event.happenedAtNs} ${event.kind} ${event.rawService ?? "-"} ${event.outcome} ${event.title}`;
  };
}

function cells(one: Score): string[] {
  return MEASURES.map((measure) => number(measure, one[measure]));
}

function number(measure: Measure, value: number): string {
  if (Number.isNaN(value)) return "-";
  return COUNTS.has(measure) ? String(value) : value.toFixed(3);
}

function targetText(measure: Measure): string {
  const target = TARGETS[measure];
  if (target === undefined) return "";
  return "atLeast" in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}
