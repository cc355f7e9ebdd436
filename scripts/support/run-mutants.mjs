// Child of mutate-redactor.mjs: node run-mutants.mjs FOLDER, with `plan.json` in it. One vitest for all; the faults are
// woven into the code as it is loaded, no file of the project is written. Finds are in FOLDER/notes.jsonl.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createVitest } from "vitest/node";
import { weaveMutants } from "./make-mutants.mjs";
import { readControl, readVerdicts } from "./read-verdicts.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const folder = process.argv[2];
const { planned, seed, endsAt, workers, tests, slowMs } = JSON.parse(readFileSync(inFolder("plan.json"), "utf8"));
const control = existsSync(inFolder("control.json"))
  ? JSON.parse(readFileSync(inFolder("control.json"), "utf8"))
  : null;
const visible = planned.filter(({ reason }) => reason === undefined);
const files = [...new Set(planned.map(({ file }) => path.join(root, file)))];

const vitest = await createVitest(
  "test",
  {
    root,
    config: false,
    watch: false,
    reporters: [{}],
    silent: true,
    testTimeout: 30_000,
    pool: "threads",
    maxWorkers: workers,
    environment: "node",
    runner: path.join(root, "scripts/support/mutant-runner.mjs"),
    include: ["{app,components,lib}/**/*.test.ts"],
    // Those need a database. The last tells how often, not whether.
    exclude: ["**/*.integration.test.ts", "**/false-positives.test.ts"],
    related: files,
    forceRerunTriggers: [],
    sequence: {
      sequencer: class {
        sort = inOrder;
        shard = inOrder;
      },
    },
  },
  {
    configFile: false,
    logLevel: "silent",
    plugins: [{ name: "mutants", enforce: "pre", load }],
    resolve: { tsconfigPaths: true, alias: { "server-only": path.join(root, "scripts/support/empty-module.mjs") } },
  },
);
const specs = (await vitest.getRelevantTestSpecifications()).filter(({ moduleId }) => moduleId.includes(tests));
if (control) await runWoven();
else await runControl();
await vitest.close();
process.exit(0);

function load(id) {
  const file = path.relative(root, id.split("?")[0]);
  const mutants = visible.filter((mutant) => mutant.file === file);
  return mutants.length === 0 ? undefined : weaveMutants(readFileSync(path.join(root, file), "utf8"), mutants);
}

/** Without a fault everything must pass: one module at least, no error beside the tests. */
async function runControl() {
  const { testModules, unhandledErrors } = await run("control", specs);
  const found = readControl(notes(), slowMs);
  const failed = testModules.flatMap((module) => [
    ...module.errors().map((error) => `${module.moduleId}: ${error.message}`),
    ...[...module.children.allTests("failed")].map((test) => `${test.fullName}: ${test.result().errors[0]?.message}`),
  ]);
  const rest =
    testModules.every((module) => module.ok()) && found.tests > 0 ? undefined : "a module did not end, or no test ran";
  const problem = unhandledErrors[0]?.message ?? failed[0] ?? rest;
  if (problem) writeFileSync(inFolder("problem"), problem);
  writeFileSync(inFolder("notes.jsonl"), "");
  writeFileSync(inFolder("control.json"), JSON.stringify(found));
}

async function runWoven() {
  const { verdicts } = readVerdicts(visible, control, notes());
  const isOpen = (id) => !verdicts.has(id);
  const open = specs.filter(
    ({ moduleId }) =>
      (control.reach[moduleId]?.some(isOpen) || control.imports[moduleId]?.some(isOpen)) &&
      !notes().some(({ done }) => done === moduleId),
  );
  if (open.length > 0) await run("woven", byMs(open));
}

function run(mode, wanted) {
  vitest.state.filesMap.clear();
  const leftOut = control ? [...control.slow, ...control.unreliable] : [];
  vitest.getRootProject().provide("mutants", { leftOut, mode, folder, seed, endsAt });
  return vitest.runTestSpecifications(wanted);
}

function byMs(wanted) {
  const msOf = ({ moduleId }) => control.ms[moduleId] ?? 0;
  return [...wanted].sort((a, b) => msOf(a) - msOf(b));
}

function inOrder(wanted) {
  return wanted;
}

function notes() {
  if (!existsSync(inFolder("notes.jsonl"))) return [];
  return readFileSync(inFolder("notes.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function inFolder(name) {
  return path.join(folder, name);
}
