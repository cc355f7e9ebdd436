/** A timeline answer of many rows as the NDJSON that the page reads. */
import type { EventView } from "@/lib/contract/event-view";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";

const BASE = 1_795_446_843_000_000_000n;
const ROWS_PER_FRAME = 500;

/** One row each millisecond, one in fifty failing. */
export function manyRowsStream(rows: number): string {
  const from = new Date(Number(BASE / 1_000_000n)).toISOString();
  const to = new Date(Number(BASE / 1_000_000n) + rows).toISOString();
  const query = {
    keys: ["order:48192"],
    from,
    to,
    role: "engineer" as const,
    policyVersion: "bench",
    policyHash: "",
    hidden: [],
    revealed: [],
    shared: false,
    abilities: [],
  };
  const frames: TimelineFrame[] = [{ type: "start", query }];
  for (let at = 0; at < rows; at += ROWS_PER_FRAME) {
    frames.push({ type: "rows", rows: Array.from({ length: ROWS_PER_FRAME }, (_, i) => row(at + i)), removed: [] });
  }
  const counts = { shown: rows, parts: 0, withheld: 0, records: rows, leftOut: 0, foreign: 0 };
  const completeness = { state: "complete", answered: 1, connected: 1, losses: 0, notes: 0, sentence: "" } as const;
  frames.push(
    { type: "gaps", gaps: [] },
    { type: "end", stats: { ...counts, complete: true, elapsedMs: 1 }, completeness },
  );
  return frames.map((frame) => `${JSON.stringify(frame)}\n`).join("");
}

function row(n: number): EventView {
  const ns = (BASE + BigInt(n) * 1_000_000n).toString();
  const failed = n % 50 === 0;
  return {
    id: `row-${String(n)}`,
    orderKey: `${ns}4000row`,
    kind: "log",
    happenedAt: `${new Date(Number(ns.slice(0, 13))).toISOString().slice(0, 20)}${ns.slice(10)}Z`,
    happenedAtNs: ns,
    service: "order-service",
    environment: "production",
    actor: { kind: "service" },
    severity: failed ? "error" : "info",
    outcome: failed ? "error" : "unknown",
    title: `line number ${String(n)}`,
    sentence: "The order service made a note in its log.",
    attributes: {},
    keys: [],
    source: "loki",
    links: [],
    why: [{ key: "order:48192", keyKind: "order", rule: "order id", confidence: "exact", source: "loki" }],
    context: false,
    seenIn: ["loki"],
    count: 1,
  };
}
