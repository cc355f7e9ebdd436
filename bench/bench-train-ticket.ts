/** The first ratio on real data. Whether the answers are right is `npm run evaluate`'s question. */
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
  return [{ name: "stitch+redact / JSON.parse, engineer, TrainTicket", value: ratio, unit: "×", aim: 2, note }];
}

/** Order → ids of the lines that contain it. */
function ordersIn(events: readonly TimelineEvent[]): Map<string, Set<string>> {
  const pattern = new RegExp(`order ?id["\\]]?\\s*[:=]\\s*"?(${UUID})`, "gi");
  const found = new Map<string, Set<string>>();
  for (const event of events) {
    for (const match of (event.text ?? "").matchAll(pattern)) {
      const lines = found.get(match[1] ?? "") ?? new Set();
      found.set(match[1] ?? "", lines.add(event.id));
    }
  }
  return found;
}
