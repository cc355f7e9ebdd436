// Puts small faults into lib/redact and counts how many the unit tests of the project notice:
// node scripts/mutate-redactor.mjs [--sample N] [--seed N] [--minutes N] [--only PART OF A PATH] [--tests PART OF A PATH] [--aim PERCENT]
// [--workers N] [--slow MS] [--all]. Fails under the aim. Without --sample every fault; --all also says what killed each.
import { fork } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  appendFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { countMutants } from "./support/count-mutants.mjs";
import { describe, planMutants } from "./support/plan-mutants.mjs";
import { readVerdicts } from "./support/read-verdicts.mjs";

const { values } = parseArgs({
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "120" },
    only: { type: "string", default: "" },
    tests: { type: "string", default: "" },
    aim: { type: "string", default: "95" },
    slow: { type: "string", default: "1000" },
    workers: { type: "string", default: "2" },
    all: { type: "boolean", default: false },
  },
});
const root = path.resolve(import.meta.dirname, "..");
const folder = mkdtempSync(path.join(os.tmpdir(), "throughline-mutants-"));
const startedAt = Date.now();
const endsAt = startedAt + Number(values.minutes) * 60_000;
const seed = Number(values.seed);
const planned = planMutants(root, {
  sample: values.sample === undefined ? undefined : Number(values.sample),
  seed,
  only: values.only,
});
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  inFolder("plan.json"),
  JSON.stringify({
    planned,
    seed,
    endsAt,
    workers: Number(values.workers),
    tests: values.tests,
    slowMs: Number(values.slow),
  }),
);

await runChild(10 * 60_000);
if (existsSync(inFolder("problem")))
  fail(`the tests fail without any fault: ${readFileSync(inFolder("problem"), "utf8")}`);
if (!existsSync(inFolder("control.json"))) fail("the run without any fault did not end");
const control = JSON.parse(readFileSync(inFolder("control.json"), "utf8"));
console.log(
  `${control.tests} tests reach ${planned.length} faults and pass without any, ${seconds()} s; ${control.slow.length} over ${values.slow} ms are left out`,
);
/** For a loop that passes no woven place. No test that is used takes a second. */
const stuckAfterMs = 60_000;
while ((await runChild(stuckAfterMs)) !== 0);
report();

/** Runs what is left. Out: 0, or another code when one fault was stuck and was noted as such. */
function runChild(limitMs) {
  return new Promise((resolve) => {
    const child = fork(path.join(root, "scripts/support/run-mutants.mjs"), [folder], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const watch = setInterval(() => {
      const stuck = trying().find(({ since, id }) => id !== "" && Date.now() - since > limitMs);
      if (!stuck) return;
      const ids = stuck.id.split(",").map(Number);
      // Of several one is stuck: each is asked alone.
      note(ids.length === 1 ? { id: ids[0], verdict: "stuck", isFinal: true } : { alone: ids });
      child.kill("SIGKILL");
    }, 1000);
    child.on("exit", (code) => {
      clearInterval(watch);
      for (const { file } of trying()) rmSync(file);
      if (code !== null && code !== 0) fail("the runner itself failed");
      resolve(code);
    });
  });
}

function trying() {
  return readdirSync(folder)
    .filter((name) => name.startsWith("trying-"))
    .map(inFolder)
    .map((file) => ({ file, id: readFileSync(file, "utf8"), since: statSync(file).mtimeMs }));
}

function report() {
  const notes = readFileSync(inFolder("notes.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const { verdicts, unseen } = readVerdicts(
    planned.filter(({ reason }) => reason === undefined),
    control,
    notes,
  );
  const result = countMutants(planned, verdicts);
  if (values.all) {
    for (const { id, verdict, by } of notes)
      if (by) console.log(`${verdict}  ${describe(planned.find((one) => one.id === id))}  by ${by}`);
  }
  for (const one of result.survived)
    console.log(`${unseen.includes(one.id) ? "no test " : "survived"}  ${describe(one)}`);
  for (const list of ["stuck", "broken", "unreached"])
    for (const one of result[list]) console.log(`${list}  ${describe(one)}`);
  for (const test of control.unreliable) console.log(`unreliable test, left out  ${test}`);
  const { assertion, thrown, import: loading } = result.by;
  console.log(
    `${result.killed} of ${result.planned - result.equivalent} faults killed: ${result.share.toFixed(1)} %, aim ${values.aim} % ` +
      `(${assertion} by an assertion, ${thrown} by an error in a test, ${loading} by an error on loading; ` +
      `${result.survived.length} survived, ${result.stuck.length} stuck, ${result.broken.length} broke the run, ` +
      `${result.unreached.length} not reached, ${result.equivalent} equivalent left out), ` +
      `seed ${values.seed}, ${seconds()} s`,
  );
  process.exit(result.share >= Number(values.aim) ? 0 : 1);
}

function seconds() {
  return Math.round((Date.now() - startedAt) / 1000);
}

function note(line) {
  appendFileSync(inFolder("notes.jsonl"), `${JSON.stringify(line)}\n`);
}

function inFolder(name) {
  return path.join(folder, name);
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
