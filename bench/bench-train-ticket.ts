/**
 * The same ratio on real data, and recall and precision of `order:X` for every order in it. Truth: the lines that contain
 * X, and every line and span of the traces those lines belong to, unless the trace names other orders too: of those
 * traces the path of X is shown, and only that no row names another order is checked.
 */
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { KeyRule } from "@/lib/domain/key-rule";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { time, type Result } from "./measure";
import { createPipeline } from "./pipeline";
import { loadTrainTicket } from "./train-ticket";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/** What a user of this system would write into throughline.yaml. */
const RULES = [
  KeyRule.parse({ name: "order id", kind: "order", attributes: ["order.id"], value: UUID }),
  KeyRule.parse({ name: "account id", kind: "account", attributes: ["account.id", "user.id"], value: UUID }),
];

export async function benchTrainTicket(): Promise<Result[]> {
  const data = loadTrainTicket();
  if (!data) {
    console.log("TrainTicket data is not here (TRAINTICKET_DIR): this part is left out");
    return [];
  }
  const pipeline = createPipeline([...builtInKeyRules().filter((rule) => rule.kind === "trace"), ...RULES]);
  const orders = ordersIn(data.events);
  const busiest = [...orders].sort(([, a], [, b]) => b.size - a.size)[0]?.[0] ?? "";
  const asked = { kind: "order", value: busiest };
  const parse = await time(5, () => JSON.parse(data.bytes) as unknown);
  const whole = await time(5, () => pipeline.redact(pipeline.stitch(data.events, asked), "engineer"));
  const ratio = whole.medianMs / parse.medianMs;
  const note = `${String(data.events.length)} records, ${whole.medianMs.toFixed(0)} ms, JSON.parse ${parse.medianMs.toFixed(0)} ms`;
  return [
    { name: "stitch+redact / JSON.parse, engineer, TrainTicket", value: ratio, unit: "×", aim: 2, note },
    ...accuracy(data.events, orders),
  ];

  function accuracy(events: readonly TimelineEvent[], all: ReadonlyMap<string, ReadonlySet<string>>): Result[] {
    const [sum, text] = [{ truth: 0, right: 0, rows: 0, foreign: 0 }, textById(events)];
    // One service logs the account under "OrderId": such a value says nothing about whose order a line is.
    const accounts = idsNamed("(?:account|user) ?id", events);
    for (const order of all.keys()) {
      const expected = truthOf(order, events, all);
      const others = [...all.keys()].filter((one) => one !== order && !accounts.has(one));
      const rows = pipeline.stitch(events, { kind: "order", value: order }).rows.map((row) => row.event.id);
      sum.truth += expected.size;
      sum.rows += rows.length;
      sum.right += rows.filter((id) => expected.has(id)).length;
      const isForeign = (line: string) => !line.includes(order) && others.some((one) => line.includes(one));
      sum.foreign += rows.filter((id) => isForeign(text.get(id) ?? "")).length;
    }
    const note = `${String(all.size)} orders, ${String(sum.truth)} certain records, ${String(sum.rows)} rows shown`;
    return [
      { name: "recall of order:X against the ground truth", value: sum.right / Math.max(1, sum.truth), unit: "", note },
      { name: "rows that name only other orders", value: sum.foreign, unit: "", aim: 0 },
    ];
  }
}

function textById(events: readonly TimelineEvent[]): Map<string, string> {
  return new Map(events.map((event) => [event.id, event.text ?? ""]));
}

/** Order → ids of the lines that contain it. */
function ordersIn(events: readonly TimelineEvent[]): Map<string, Set<string>> {
  return idsNamed("order ?id", events);
}

function idsNamed(name: string, events: readonly TimelineEvent[]): Map<string, Set<string>> {
  const pattern = new RegExp(`${name}["\\]]?\\s*[:=]\\s*"?(${UUID})`, "gi");
  const found = new Map<string, Set<string>>();
  for (const event of events) {
    for (const match of (event.text ?? "").matchAll(pattern)) {
      const lines = found.get(match[1] ?? "") ?? new Set();
      found.set(match[1] ?? "", lines.add(event.id));
    }
  }
  return found;
}

function truthOf(
  order: string,
  events: readonly TimelineEvent[],
  all: ReadonlyMap<string, ReadonlySet<string>>,
): Set<string> {
  const traceOf = (event: TimelineEvent) => event.span?.traceId ?? String(event.attributes["trace_id"] ?? "");
  const lines = events.filter((event) => (event.text ?? "").includes(order));
  const traces = new Set(lines.map(traceOf).filter((id) => id !== ""));
  const others = [...all.keys()].filter((one) => one !== order);
  const mixed = new Set(
    events
      .filter((event) => traces.has(traceOf(event)) && others.some((one) => (event.text ?? "").includes(one)))
      .map(traceOf),
  );
  const inside = events.filter((event) => traces.has(traceOf(event)) && !mixed.has(traceOf(event)));
  return new Set([...lines, ...inside].map((event) => event.id));
}
