/**
 * `npm run evaluate`: is the answer right? Planted incidents first, then the TrainTicket data where it is. Exits 1 when a
 * target is missed. `-- --json` prints one document, `-- --case bad-deploy-3` explains one incident, `-- --seed 7` plants
 * others.
 */
import { parseArgs } from "node:util";
import { askPlanted } from "./ask-planted";
import { DEFAULT_SEED, plantIncidents } from "./plant-incidents";
import { explanation, failures, scoreTable } from "./report";
import { judge, missedTargets, score, TARGETS, type Scored } from "./score";
import { evaluateTrainTicket, trainTicketTable } from "./evaluate-train-ticket";

const { values } = parseArgs({
  options: { json: { type: "boolean" }, case: { type: "string" }, seed: { type: "string" } },
});
const planted = plantIncidents(Number(values.seed ?? DEFAULT_SEED)).filter(
  ({ name }) => values.case === undefined || name === values.case,
);
if (planted.length === 0) {
  console.error(`No incident is called ${values.case ?? ""}.`);
  process.exit(2);
}
const all: Scored[] = [];
for (const incident of planted) all.push({ incident, answer: await askPlanted(incident) });
if (values.case === undefined) await printAll();
else console.log(all.map(explanation).join("\n"));

async function printAll(): Promise<void> {
  const total = score(all);
  const missed = missedTargets(total);
  const trainTicket = (await evaluateTrainTicket()) ?? null;
  // Not process.exit: it would cut off what a pipe has not taken yet.
  process.exitCode = missed.length === 0 ? 0 : 1;
  if (values.json) {
    const cases = all.map((one) => ({ name: one.incident.name, ...judge(one) }));
    console.log(JSON.stringify({ targets: TARGETS, missed, total, cases, trainTicket }));
    return;
  }
  console.log(`Planted incidents\n\n${scoreTable(all)}\n`);
  const wrong = failures(all);
  if (wrong.length > 0)
    console.log(`Not as planted (npm run evaluate -- --case NAME explains):\n${wrong.join("\n")}\n`);
  console.log(`TrainTicket data\n\n${trainTicketTable(trainTicket)}`);
}
