/** The services of a timeline with their spellings and failures. */
import type { RowService, TimelineRow, TouchedService } from "@/lib/domain/stitched-timeline";
import type { JoinResult } from "./graph/join-evidence";

export function countServices(rows: readonly TimelineRow[], joined: JoinResult): TouchedService[] {
  const found = new Map<string, { service: RowService; spellings: Set<string>; rows: number; errors: number }>();
  for (const row of rows) {
    const record = joined.joined.get(row.event.id)?.record;
    if (!row.service || !record?.service) continue;
    const known = found.get(row.service.name) ?? {
      service: row.service,
      spellings: new Set<string>(),
      rows: 0,
      errors: 0,
    };
    known.rows++;
    if (row.event.outcome === "error") known.errors++;
    for (const spelling of record.service.spellings) known.spellings.add(spelling);
    found.set(row.service.name, known);
  }
  return [...found.values()]
    .map((entry) => ({ ...entry, spellings: [...entry.spellings].sort() }))
    .sort((a, b) => (a.service.name < b.service.name ? -1 : 1));
}
