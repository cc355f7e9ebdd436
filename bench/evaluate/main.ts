/**
 * `npm run evaluate`: is the answer right? Planted incidents first, then the TrainTicket data where it is. Exits 1 when a
 * target is missed. `-- --json` prints one document, `-- --case bad-deploy-3` explains one incident, `-- --seed 7` plants
 * others. The hold-out has a table of its own and no part in the exit code. Last come simulated months of alerts: is the
 * noise in them found? `-- --noise` asks nothing else.
 */
import { parseArgs } from "node:util";
import { evaluateNoise, NOISE_AIMS, noiseTable } from "../evaluate-noise/evaluate-noise";
import { askPlanted } from "./ask-planted";
import { HOLDOUT_TITLE, holdoutReport } from "./holdout/holdout-report";
import { judgeStaffImpact } from "./holdout/judge-staff-impact";
import { plantHoldout } from "./holdout/plant-holdout";
import { DEFAULT_SEED, plantIncidents } from "./plant-incidents";
import type { PlantedIncident } from "./planted-incident";
import { explanation, failures, scoreTable } from "./report";
import { judge, missedTargets, score, TARGETS, type Scored } from "./score";
import { evaluateTrainTicket, trainTicketTable } from "./evaluate-train-ticket";

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    case: { type: "string" },
    seed: { type: "string" },
    noise: { type: "boolean" },
  },
});
const seed = Number(values.seed ?? DEFAULT_SEED);
if (values.noise) {
  const noise = evaluateNoise(seed);
  console.log(values.json ? JSON.stringify({ aims: NOISE_AIMS, ...noise }) : noiseTable(noise));
  process.exit(noise.missed.length === 0 ? 0 : 1);
}
const wanted = (all: readonly PlantedIncident[]) =>
  all.filter(({ name }) => values.case === undefined || name === values.case);
const all = await ask(wanted(plantIncidents(seed)));
const holdout = await ask(wanted(plantHoldout(seed)));
if (all.length + holdout.length === 0) {
  console.error(`No incident is called ${values.case ?? ""}.`);
  process.exit(2);
}
if (values.case === undefined) await printAll();
else console.log([...all, ...holdout].map(explanation).join("\n"));

async function ask(planted: readonly PlantedIncident[]): Promise<Scored[]> {
  const answered: Scored[] = [];
  for (const incident of planted) answered.push({ incident, answer: await askPlanted(incident) });
  return answered;
}

async function printAll(): Promise<void> {
  const total = score(all);
  const missed = missedTargets(total);
  const trainTicket = (await evaluateTrainTicket()) ?? null;
  const noise = evaluateNoise(seed);
  // Not process.exit: it would cut off what a pipe has not taken yet.
  process.exitCode = missed.length + noise.missed.length === 0 ? 0 : 1;
  if (values.json) {
    const cases = all.map(verdict);
    const apart = {
      title: HOLDOUT_TITLE,
      total: score(holdout),
      cases: holdout.map((one) => ({ ...verdict(one), staffImpact: judgeStaffImpact(one) })),
    };
    console.log(JSON.stringify({ targets: TARGETS, missed, total, cases, holdout: apart, trainTicket, noise }));
    return;
  }
  console.log(`Planted incidents\n\n${scoreTable(all)}\n`);
  const wrong = failures(all);
  if (wrong.length > 0)
    console.log(`Not as planted (npm run evaluate -- --case NAME explains):\n${wrong.join("\n")}\n`);
  console.log(holdoutReport(holdout));
  console.log(`TrainTicket data\n\n${trainTicketTable(trainTicket)}`);
  console.log(`\nSimulated months of alerts\n\n${noiseTable(noise)}`);
}

function verdict(one: Scored) {
  return { name: one.incident.name, ...judge(one) };
}
