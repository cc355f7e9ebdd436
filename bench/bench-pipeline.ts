/** Stitch and redact against the time JSON.parse needs for the same bytes, memory, and growth with size. */
import { time, type Result } from "./measure";
import { createPipeline } from "./pipeline";
import { ORDER, syntheticEvents } from "./synthetic-estate";

const SIZES = [1_000, 10_000, 50_000, 200_000];
const COMPARED = 50_000;

export async function benchPipeline(): Promise<Result[]> {
  const results: Result[] = [];
  const perSize = new Map<number, number>();
  for (const size of SIZES) {
    const events = syntheticEvents(size);
    const text = JSON.stringify(events);
    const runs = size > 100_000 ? 2 : 5;
    const parse = await time(runs, () => JSON.parse(text) as unknown);
    const pipeline = createPipeline();
    const stitch = await time(runs, () => pipeline.stitch(events, ORDER).rows.length);
    const stitched = pipeline.stitch(events, ORDER);
    const engineer = await time(runs, () => pipeline.redact(stitched, "engineer"));
    const support = await time(runs, () => pipeline.redact(stitched, "support"));
    perSize.set(size, stitch.medianMs + engineer.medianMs);
    const note = `JSON.parse ${parse.medianMs.toFixed(0)} ms, stitch ${stitch.medianMs.toFixed(0)} ms, redact ${engineer.medianMs.toFixed(0)}/${support.medianMs.toFixed(0)} ms, spread ±${(stitch.spread * 100).toFixed(0)} %`;
    const ratio = (redactMs: number) => (stitch.medianMs + redactMs) / parse.medianMs;
    const aim = size === COMPARED ? { aim: 2 } : {};
    results.push({
      name: `stitch+redact / JSON.parse, engineer, ${size} events`,
      value: ratio(engineer.medianMs),
      unit: "×",
      ...aim,
      note,
    });
    results.push({
      name: `stitch+redact / JSON.parse, support, ${size} events`,
      value: ratio(support.medianMs),
      unit: "×",
      ...aim,
    });
  }
  results.push(growth(perSize));
  return results;
}

/** Measured growth from the smallest to the largest, divided by what n log n allows. */
function growth(perSize: ReadonlyMap<number, number>): Result {
  const [small = 1, large = 1] = [SIZES[0], SIZES.at(-1)];
  const measured = (perSize.get(large) ?? 0) / (perSize.get(small) ?? 1);
  const allowed = (large * Math.log(large)) / (small * Math.log(small));
  const exponent = Math.log(measured) / Math.log(large / small);
  return {
    name: "growth 1,000 → 200,000 events / n log n",
    value: measured / allowed,
    unit: "×",
    aim: 1,
    note: `exponent ${exponent.toFixed(2)}`,
  };
}
