/**
 * The same ratio on real data, and recall and precision of `order:X` for every order in it. Truth: the lines that contain
 * X, and every line and span of the traces those lines belong to, unless the trace names other orders too.
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
    let [truth, found, right] = [0, 0, 0];
    for (const order of all.keys()) {
      const expected = truthOf(order, events, all);
      const rows = pipeline.stitch(events, { kind: "order", value: order }).rows.map((row) => row.event.id);
      truth += expected.size;
      found += rows.length;
      right += rows.filter((id) => expected.has(id)).length;
    }
    const orderCount = `${String(all.size)} orders, ${String(truth)} records`;
    return [
      {
        name: "recall of order:X against the ground truth",
        value: right / Math.max(1, truth),
        unit: "",
        note: orderCount,
      },
      { name: "precision of order:X against the ground truth", value: right / Math.max(1, found), unit: "" },
    ];
  }
}

/** Order → ids of the lines that contain it. */
function ordersIn(events: readonly TimelineEvent[]): Map<string, Set<string>> {
  const orders = new Map<string, Set<string>>();
  for (const event of events) {
    for (const match of (event.text ?? "").matchAll(new RegExp(`order ?id["\\]]?\\s*[:=]\\s*"?(${UUID})`, "gi"))) {
      const lines = orders.get(match[1] ?? "") ?? new Set();
      orders.set(match[1] ?? "", lines.add(event.id));
    }
  }
  return orders;
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
