/** Sealed frames → the one JSON answer, rows in timeline order. Same content as the stream, for scripts and tests. */
import "server-only";
import type { EventView } from "@/lib/contract/event-view";
import type { TimelineAnswer, TimelineFrame } from "@/lib/contract/timeline-answer";
import type { Redacted } from "@/lib/redact/redacted";

/** Undefined when the stream ended without its end: the asker left. */
export async function collectAnswer(
  frames: AsyncIterable<Redacted<TimelineFrame>>,
): Promise<TimelineAnswer | undefined> {
  const rows = new Map<string, EventView>();
  const answer: Partial<TimelineAnswer> = {};
  for await (const sealed of frames) {
    const frame = sealed.reveal();
    if (frame.type === "start") answer.query = frame.query;
    else if (frame.type === "sources") answer.sources = frame.sources;
    else if (frame.type === "gaps") answer.gaps = frame.gaps;
    else if (frame.type === "metrics") answer.metrics = frame.metrics;
    else if (frame.type === "end") {
      answer.stats = frame.stats;
      answer.completeness = frame.completeness;
    } else if (frame.type === "summary") {
      answer.keys = frame.keys;
      answer.services = frame.services;
      answer.findings = frame.findings;
      answer.edges = frame.edges;
      answer.calls = frame.calls;
      answer.unlinks = frame.unlinks;
      answer.reveals = frame.reveals;
    } else if (frame.type === "rows") {
      for (const row of frame.rows) rows.set(row.id, row);
      for (const id of frame.removed) rows.delete(id);
    }
  }
  if (!answer.query || !answer.stats || !answer.completeness) return undefined;
  const ordered = [...rows.values()].sort((a, b) => (a.orderKey < b.orderKey ? -1 : 1));
  return {
    query: answer.query,
    completeness: answer.completeness,
    events: ordered.filter((row) => row.partOf === undefined),
    parts: ordered.filter((row) => row.partOf !== undefined),
    gaps: answer.gaps ?? [],
    keys: answer.keys ?? [],
    edges: answer.edges ?? [],
    services: answer.services ?? [],
    calls: answer.calls ?? [],
    findings: answer.findings ?? [],
    unlinks: answer.unlinks ?? [],
    reveals: answer.reveals ?? [],
    metrics: answer.metrics ?? [],
    sources: answer.sources ?? [],
    stats: answer.stats,
  };
}
