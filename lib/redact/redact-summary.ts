/** Keys, services, findings, gaps and metrics of a timeline for one role. */
import type { FindingView, GapView, MetricView, ServiceCallView, ServiceView } from "@/lib/contract/timeline-answer";
import { keyId, parseKeyId } from "@/lib/domain/correlation-key";
import { toRfc3339Nano } from "@/lib/domain/epoch-ns";
import { fetchId } from "@/lib/domain/evidence-request";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { kindOfSource } from "@/lib/domain/source-id";
import type { MetricSeries } from "@/lib/domain/source-outcome";
import type {
  Finding,
  Rejection,
  ServiceCall,
  StitchedTimeline,
  TouchedKey,
  TouchedService,
} from "@/lib/domain/stitched-timeline";
import { findingSentence, rowWords } from "./finding-sentence";
import { redactKey } from "./redact-key";
import { isStub, serviceLabel } from "./redact-row";
import type { RedactionContext } from "./redaction-context";
import { uniqueGaps } from "./unique-gaps";

/** Services under the name the role reads, in order of those names; those it may not name fall together. */
export function redactServices(services: readonly TouchedService[], context: RedactionContext): ServiceView[] {
  const byName = new Map<string, ServiceView>();
  for (const { service, rows, errors } of services) {
    const name = serviceLabel(service, context) ?? "a service";
    const known = byName.get(name);
    if (known) {
      known.rows += rows;
      known.errors += errors;
      continue;
    }
    // What stands for several has nothing of any of them.
    const isNamed = name === service.name || name === service.displayName;
    const owner = service.owner === undefined || !isNamed ? {} : { owner: service.owner };
    byName.set(name, { name, audience: isNamed ? service.audience : "product", rows, errors, ...owner });
  }
  return [...byName.values()].sort((a, b) => compare(a.name, b.name));
}

export function redactFindings(findings: readonly Finding[], context: RedactionContext): FindingView[] {
  return findings
    .filter(({ rows }) => rows[0] === undefined || !isStub(rows[0], context))
    .map((finding) => ({
      kind: finding.kind,
      level: finding.level,
      sentence: findingSentence(finding, context),
      ...(finding.service ? { service: serviceLabel(finding.service, context) ?? "a service" } : {}),
      events: finding.rows.filter((row) => !isStub(row, context)).map((row) => context.publicId(row.event.id)),
      candidates: finding.candidates
        .filter(({ row }) => !isStub(row, context))
        .map(({ row, evidence, service }) => ({
          service: serviceLabel(service ?? row.service, context),
          event: context.publicId(row.event.id),
          evidence,
        })),
      rejected: finding.rejected
        .filter(({ row }) => !isStub(row, context))
        .map(({ row, reason }) => ({
          event: context.publicId(row.event.id),
          sentence: rowWords(row, context),
          reason: REJECTION_WORDS[reason],
        })),
      reach: finding.reach.map(({ kind, atLeast, atMost }) => ({ kind, atLeast, atMost: atMost ?? null })),
    }));
}

const REJECTION_WORDS: Readonly<Record<Rejection, string>> = {
  "passed-on": "it failed only because something below it failed",
  later: "it came after the first symptom",
  "context-only": "same service and time only; no id leads to it",
  recovered: "a retry succeeded",
  weaker: "less evidence speaks for it",
  "before-window": "it happened too long before the first symptom",
};

/** Calls under the names the role reads; those it may not name fall together. */
export function redactCalls(calls: readonly ServiceCall[], context: RedactionContext): ServiceCallView[] {
  const byNames = new Map<string, ServiceCallView & { slowest: bigint }>();
  for (const { calls: count, errors, slowestNs, ...ends } of calls) {
    const from = serviceLabel(ends.from, context) ?? "a service";
    const to = serviceLabel(ends.to, context) ?? "a service";
    const known = byNames.get(`${from}\n${to}`);
    if (!known) byNames.set(`${from}\n${to}`, { from, to, calls: count, errors, slowest: slowestNs });
    else {
      known.calls += count;
      known.errors += errors;
      if (slowestNs > known.slowest) known.slowest = slowestNs;
    }
  }
  return [...byNames.values()]
    .sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to))
    .map(({ slowest, ...call }) =>
      context.base.seesInfrastructure ? { ...call, slowestNs: slowest.toString() } : call,
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function redactGaps(gaps: readonly EvidenceGap[], context: RedactionContext): GapView[] {
  return uniqueGaps(gaps).map(({ source, window, keys, service, continuation, ...gap }) => {
    const shownKeys = keys?.flatMap((text) => {
      const key = parseKeyId(text);
      const shown = key && redactKey(key, context);
      return shown ? [keyId(shown)] : [];
    });
    return {
      ...gap,
      ...(source === undefined ? {} : { source: kindOfSource(source) }),
      ...(source === undefined || !context.base.seesInfrastructure ? {} : { sourceId: source }),
      ...(window ? { window: { from: toRfc3339Nano(window.fromNs), to: toRfc3339Nano(window.toNs) } } : {}),
      ...(shownKeys && shownKeys.length > 0 ? { keys: shownKeys } : {}),
      ...(service === undefined ? {} : { service: context.serviceName(service) }),
      ...(source === undefined || !continuation
        ? {}
        : { continuation: context.publicId(fetchId(source, continuation)) }),
    };
  });
}

/** Measurements are infrastructure: shown as they are or not at all. */
export function redactMetrics(
  metrics: readonly MetricSeries[],
  canonical: (rawService: string) => string,
  context: RedactionContext,
): MetricView[] {
  if (!context.base.seesInfrastructure) return [];
  return metrics.map(({ rawService, signal, unit, points }) => ({
    service: canonical(rawService),
    signal,
    unit,
    points: points.map(([atMs, value]): [number, number | null] => [atMs, value]),
  }));
}

export function listedKeyIds(stitched: StitchedTimeline): ReadonlySet<TouchedKey["id"]> {
  return new Set(stitched.keys.map((key) => key.id));
}
