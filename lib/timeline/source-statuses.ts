/** One line per source for the evidence bar: asking, answered, partial, failed, or not connected at all. Pure. */
import type { PlanStep, SettledStep } from "@/lib/domain/query-plan";
import { kindOfSource, SOURCE_KINDS, type SourceId } from "@/lib/domain/source-id";
import { isLoss, type EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceStatus } from "@/lib/redact/redact-timeline";

const NAMES = {
  loki: "Loki",
  tempo: "Tempo",
  prometheus: "Prometheus",
  alertmanager: "Alertmanager",
  sentry: "Sentry",
};

export function sourceStatuses(
  sources: readonly SourceId[],
  settled: readonly SettledStep[],
  running: readonly PlanStep[],
): SourceStatus[] {
  const connected = sources.map((source): SourceStatus => {
    const own = settled.filter(({ step }) => step.source === source);
    const asking = running.some((step) => step.source === source);
    return {
      source,
      kind: kindOfSource(source),
      state: asking ? "asking" : stateOf(own),
      rows: own.reduce((sum, { outcome }) => sum + outcome.events.length, 0),
      fetches: own.length,
      elapsedMs: own.reduce((most, { outcome }) => Math.max(most, outcome.elapsedMs), 0),
    };
  });
  const missing = SOURCE_KINDS.filter((kind) => !sources.some((source) => kindOfSource(source) === kind));
  return [
    ...connected,
    ...missing.map((kind) => ({ kind, state: "not-configured" as const, rows: 0, fetches: 0, elapsedMs: 0 })),
  ];
}

export function notConfiguredGaps(sources: readonly SourceId[]): EvidenceGap[] {
  return SOURCE_KINDS.filter((kind) => !sources.some((source) => kindOfSource(source) === kind)).map((kind) => ({
    reason: "not-configured",
    detail: `No ${NAMES[kind]} is connected; what it knows is not in this picture.`,
    retryable: false,
  }));
}

function stateOf(own: readonly SettledStep[]): SourceStatus["state"] {
  if (own.length === 0) return "answered";
  if (own.every(({ outcome }) => !outcome.answered)) return "failed";
  return own.some(({ outcome }) => !outcome.answered || outcome.gaps.some(isLoss)) ? "partial" : "answered";
}
