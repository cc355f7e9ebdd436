/**
 * `npm run bench`: speed as ratios against a stated aim, all measured in one run. `-- --json` prints one document,
 * `-- --only alerts` runs the parts with that word in their title.
 */
import { benchAudit } from "./bench-audit";
import { benchBrowser } from "./bench-browser";
import { benchMemory } from "./bench-memory";
import { benchIngest } from "./bench-ingest";
import { benchNoise } from "./bench-noise";
import { benchPipeline } from "./bench-pipeline";
import { benchRoad } from "./bench-road";
import { benchScrub } from "./bench-scrub";
import { benchShapes } from "./bench-shapes";
import { benchTrainTicket } from "./bench-train-ticket";
import { resultLine, type Result } from "./measure";

const asJson = process.argv.includes("--json");
const all: Result[] = [];

// Memory first: later parts leave garbage behind that would be counted.
const PARTS: readonly (readonly [title: string, run: () => Result[] | Promise<Result[]>])[] = [
  ["memory", benchMemory],
  ["pipeline, synthetic data", benchPipeline],
  ["pipeline, difficult shapes", benchShapes],
  ["free text through the detectors", benchScrub],
  ["the whole road over HTTP, sources of known slowness", benchRoad],
  ["pipeline and recall, TrainTicket data", benchTrainTicket],
  ["audit trail, 1,000,000 entries", benchAudit],
  ["months of alerts", benchNoise],
  ["alerts as they arrive", benchIngest],
  ["browser, 50,000 rows", benchBrowser],
];

const only = process.argv.includes("--only") ? (process.argv[process.argv.indexOf("--only") + 1] ?? "") : "";

for (const [title, run] of PARTS.filter(([name]) => name.includes(only))) {
  const results = await run();
  all.push(...results);
  if (!asJson) console.log([`\n${title}`, ...results.map(resultLine)].join("\n"));
}
if (asJson) console.log(JSON.stringify({ at: new Date().toISOString(), node: process.version, results: all }));
process.exit(0);
