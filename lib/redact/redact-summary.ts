/** Keys, services, findings, gaps and metrics of a timeline for one role. */
import type { FindingView, GapView, KeyView, MetricView, ServiceView } from "@/lib/contract/timeline-answer";
import { keyId, parseKeyId } from "@/lib/domain/correlation-key";
import { toRfc3339Nano } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { kindOfSource } from "@/lib/domain/source-id";
import type { MetricSeries } from "@/lib/domain/source-outcome";
import type { Finding, StitchedTimeline, TouchedKey, TouchedService } from "@/lib/domain/stitched-timeline";
import { redactKey } from "./redact-key";
import { isStub, serviceLabel } from "./redact-row";
import type { RedactionContext } from "./redaction-context";
import { scrubText } from "./scrub-text";

export function redactKeyList(keys: readonly TouchedKey[], context: RedactionContext): KeyView[] {
  const views: KeyView[] = [];
  for (const { key, asked, followed, rows } of keys) {
    const shown = redactKey(key, context);
    if (!shown) continue;
    const standIn = shown.value === key.value ? {} : { pseudonym: true as const };
    views.push({ kind: shown.kind, value: shown.value, asked, followed, rows, ...standIn });
  }
  return views;
}

/** Services under the name the role reads; those it may not name fall together. */
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
    const owner = service.owner === undefined ? {} : { owner: service.owner };
    byName.set(name, { name, audience: service.audience, rows, errors, ...owner });
  }
  return [...byName.values()];
}

export function redactFindings(findings: readonly Finding[], context: RedactionContext): FindingView[] {
  return findings
    .filter(({ rows }) => !rows.some((row) => isStub(row, context.role)))
    .map((finding) => ({
      kind: finding.kind,
      level: finding.level,
      sentence: findingSentence(finding, context),
      events: finding.rows.map((row) => context.publicId(row.event.id)),
    }));
}

export function redactGaps(gaps: readonly EvidenceGap[], context: RedactionContext): GapView[] {
  return uniqueGaps(gaps).map(({ source, window, keys, ...gap }) => {
    const shownKeys = keys?.flatMap((text) => {
      const key = parseKeyId(text);
      const shown = key && redactKey(key, context);
      return shown ? [keyId(shown)] : [];
    });
    return {
      ...gap,
      ...(source === undefined ? {} : { source: kindOfSource(source) }),
      ...(source === undefined || !context.seesInfrastructure ? {} : { sourceId: source }),
      ...(window ? { window: { from: toRfc3339Nano(window.fromNs), to: toRfc3339Nano(window.toNs) } } : {}),
      ...(shownKeys && shownKeys.length > 0 ? { keys: shownKeys } : {}),
    };
  });
}

/** Measurements are infrastructure: shown as they are or not at all. */
export function redactMetrics(
  metrics: readonly MetricSeries[],
  canonical: (rawService: string) => string,
  context: RedactionContext,
): MetricView[] {
  if (!context.seesInfrastructure) return [];
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

function findingSentence(finding: Finding, context: RedactionContext): string {
  const [first, symptom] = finding.rows;
  if (!first) return "Inconclusive.";
  if (finding.kind === "first-symptom" || !symptom) return rowWords(finding, 0, context);
  const shared = finding.sharedKeyKind ? `same ${finding.sharedKeyKind}` : "same time only";
  return `${rowWords(finding, 0, context)} (${shared}, ${distance(finding.beforeNs ?? 0n)} before)`;
}

function rowWords(finding: Finding, index: number, context: RedactionContext): string {
  const row = finding.rows[index];
  if (!row) return "";
  const readsText = context.treat("text") === "scrub" || context.treat("text") === "show";
  if (!readsText) return row.sentence;
  const service = serviceLabel(row.service, context);
  return `${service ? `${service} · ` : ""}${scrubText(row.event.title, context.pseudonyms)}`;
}

function distance(ns: bigint): string {
  const ms = Number(ns / 1_000_000n);
  if (ms < 1_000) return `${ms} ms`;
  return ms < 120_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** One failing source answers every step with the same gap: said once, with the attempts added up. */
function uniqueGaps(gaps: readonly EvidenceGap[]): EvidenceGap[] {
  const unique = new Map<string, EvidenceGap>();
  for (const gap of gaps) {
    const id = [gap.source, gap.reason, gap.detail, gap.total === undefined ? "" : gap.keys?.join(",")].join("|");
    const known = unique.get(id);
    if (!known) unique.set(id, gap);
    else if (known.attempts !== undefined && gap.attempts !== undefined) {
      unique.set(id, { ...known, attempts: known.attempts + gap.attempts });
    }
  }
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, gap]) => gap);
}
