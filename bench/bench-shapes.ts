/** The shapes that break correlation tools: one huge trace, a flood of lines, a batch over a thousand orders. */
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { time, type Result } from "./measure";
import { createPipeline } from "./pipeline";
import { aFloodOfLines, aHub, oneTrace, ORDER } from "./synthetic-estate";

const SHAPES: readonly (readonly [name: string, runs: number, make: () => TimelineEvent[]])[] = [
  ["one trace of 10,000 spans", 5, () => oneTrace(10_000)],
  ["one trace of 50,000 spans", 3, () => oneTrace(50_000)],
  ["an incident of 200,000 lines", 2, () => aFloodOfLines(200_000)],
  ["a batch over 1,000 orders", 5, () => aHub(1_000)],
];
/** As a multiple of reading the same bytes: joining, clocks, grouping, findings and redaction together. */
const AIM = 15;

export async function benchShapes(): Promise<Result[]> {
  const results: Result[] = [];
  for (const [name, runs, make] of SHAPES) {
    const events = make();
    const text = JSON.stringify(events);
    const pipeline = createPipeline();
    const parse = await time(runs, () => JSON.parse(text) as unknown);
    const whole = await time(runs, () => pipeline.redact(pipeline.stitch(events, ORDER), "engineer"));
    const stitched = pipeline.stitch(events, ORDER);
    const heads = stitched.rows.filter((row) => row.partOf === undefined).length;
    const note = `${whole.medianMs.toFixed(0)} ms; ${String(heads)} rows, ${String(stitched.rows.length - heads)} parts, ${String(stitched.leftOut)} left out of ${String(events.length)}`;
    const value = whole.medianMs / parse.medianMs;
    results.push({ name: `stitch+redact / JSON.parse, ${name}`, value, unit: "×", aim: AIM, note });
    if (name.startsWith("a batch")) results.push(foreignRows(stitched.rows.map((row) => row.event)));
  }
  return results;
}

function foreignRows(shown: readonly TimelineEvent[]): Result {
  const others = shown.filter((event) => {
    const order = event.attributes["order.id"];
    return order !== undefined && order !== ORDER.value;
  });
  return { name: "rows of other orders out of the batch", value: others.length, unit: "", aim: 0 };
}
