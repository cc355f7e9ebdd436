/** Services whose lines carry no id of the asked kind: they join by trace or not at all, and that is said. */
import { SERVICE_KIND, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";

/** Kinds that every instrumented line may carry: their absence says nothing about business ids. */
const RUN_KINDS: ReadonlySet<string> = new Set(["trace", "request", "session", "job", SERVICE_KIND]);

/** One gap per service and asked kind of which none of the joined lines carried an id. Sorted by service. */
export function servicesWithoutIds(asked: readonly CorrelationKey[], rows: readonly TimelineRow[]): EvidenceGap[] {
  const kinds = [...new Set(asked.map(({ kind }) => kind))].filter((kind) => !RUN_KINDS.has(kind)).sort();
  if (kinds.length === 0) return [];
  const lines = new Map<string, { total: number; carried: Set<string> }>();
  for (const { event, service, sightings } of rows) {
    if (event.kind !== "log" || event.context || !service) continue;
    const known = lines.get(service.name) ?? { total: 0, carried: new Set<string>() };
    known.total++;
    for (const { key } of sightings) known.carried.add(key.kind);
    lines.set(service.name, known);
  }
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([service, { total, carried }]) =>
      kinds
        .filter((kind) => !carried.has(kind))
        .map((kind) => ({
          reason: "id-absent" as const,
          detail: `None of its lines here carries an id of kind ${kind}: they were found by their trace, and others may be missing.`,
          service,
          retryable: false,
          shown: 0,
          total,
        })),
    );
}
