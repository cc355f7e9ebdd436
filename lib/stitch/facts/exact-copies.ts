/** One record shipped twice: two sources of one kind hold the same text of the same service at the same nanosecond. */
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import { kindOfSource } from "@/lib/domain/source-id";
import type { JoinResult } from "../graph/join-evidence";

/** Copies inside one source stay apart: there they are two records. Writes the earlier copy's place into `earlier`. */
export function exactCopies(rows: readonly TimelineRow[], joined: JoinResult, earlier: number[]): void {
  const doubled = kindsWithSeveralSources(rows);
  if (doubled.size === 0) return;
  const found = new Map<string, { first: number; sources: Set<string> }[]>();
  rows.forEach((row, place) => {
    const { event } = row;
    const kind = kindOfSource(event.source);
    if (!doubled.has(kind) || event.kind === "alert" || event.kind === "deploy") return;
    const record = joined.joined.get(event.id)?.record;
    const id = [
      ...[kind, event.kind, event.happenedAtNs, row.service?.name ?? event.rawService ?? ""],
      ...[record?.traceId ?? "", record?.spanId ?? "", event.span?.spanKind ?? "", event.text ?? event.title],
    ].join("\n");
    const copies = found.get(id) ?? [];
    found.set(id, copies);
    const known = copies.find(({ sources }) => !sources.has(event.source));
    if (known) {
      known.sources.add(event.source);
      earlier[place] = known.first;
    } else copies.push({ first: place, sources: new Set([event.source]) });
  });
}

function kindsWithSeveralSources(rows: readonly TimelineRow[]): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const source of new Set(rows.map((row) => row.event.source))) {
    const kind = kindOfSource(source);
    if (kinds.has(kind)) kinds.add(`${kind}+`);
    kinds.add(kind);
  }
  return new Set([...kinds].filter((kind) => kinds.has(`${kind}+`)));
}
