/** The names in a month's measures as one role reads them. Rules, teams and receivers are configuration; hosts of data are not. Pure. */
import type { BreakdownLine, NoiseReport } from "@/lib/contract/noise-report";
import { sourceName } from "./redact-episodes";
import type { RedactionContext } from "./redaction-context";

type Names = Pick<RedactionContext, "serviceName" | "scrub" | "base">;

export function redactReportNames(report: NoiseReport, context: RedactionContext): NoiseReport {
  const { quality, breakdowns } = report;
  return {
    ...report,
    quality: {
      ...quality,
      coverage: quality.coverage.map((line) => ({ ...line, source: sourceName(line.source, context) })),
    },
    sentences: report.sentences.map((sentence) => context.scrub(sentence)),
    rules: report.rules.map((line) => ({
      ...line,
      name: context.scrub(line.name),
      service: countedService(line.service, context),
    })),
    breakdowns: { ...breakdowns, service: byName(breakdowns.service, context) },
    movers: report.movers.map((line) => ({ ...line, name: context.scrub(line.name) })),
    questions: report.questions.map((one) => ({
      ...one,
      rows: one.rows.map((row) => ({ ...row, label: context.scrub(row.label) })),
    })),
  };
}

/** Rows whose label names no service say so; that is no name. */
export function countedService(service: string, context: Names): string {
  return service === "unknown" || service === "" ? service : context.serviceName(service);
}

/** Services that read alike are one line: the lines still add up to the total. */
function byName(lines: readonly BreakdownLine[], context: Names): BreakdownLine[] {
  const merged = new Map<string, BreakdownLine>();
  for (const line of lines) {
    const key = countedService(line.key, context);
    const known = merged.get(key);
    merged.set(key, known ? sum(known, line) : { ...line, key });
  }
  return [...merged.values()];
}

function sum(one: BreakdownLine, other: BreakdownLine): BreakdownLine {
  return {
    key: one.key,
    fires: one.fires + other.fires,
    episodes: one.episodes + other.episodes,
    clusters: one.clusters + other.clusters,
    pages: one.pages + other.pages,
    interrupts: one.interrupts + other.interrupts,
    wakeUps: one.wakeUps + other.wakeUps,
    costMinutes: one.costMinutes + other.costMinutes,
    noiseMinutes: one.noiseMinutes + other.noiseMinutes,
  };
}
