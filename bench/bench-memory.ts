/** Memory held for 100,000 events after stitching and redaction, in a process of its own so that nothing else counts. */
import { createPipeline } from "./pipeline";
import { ORDER, syntheticEvents } from "./synthetic-estate";
import type { Result } from "./measure";

const EVENTS = 100_000;
const MIB = 1024 * 1024;

export function benchMemory(): Result[] {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const pipeline = createPipeline();
  const stitched = pipeline.stitch(syntheticEvents(EVENTS), ORDER);
  pipeline.redact(stitched, "engineer");
  const value = (process.memoryUsage().rss - before) / MIB;
  return [{ name: "resident memory added by 100,000 events, engineer", value, unit: " MiB" }];
}
