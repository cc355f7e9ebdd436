// Puts small faults into lib/redact and counts how many its unit tests notice: node scripts/mutate-redactor.mjs
// [--count N] [--seed N] [--minutes N] [--only PART OF A PATH] [--aim PERCENT]. Fails under the aim.
import { fork } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { EQUIVALENT } from "./support/equivalent-mutants.mjs";
import { makeMutants } from "./support/make-mutants.mjs";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "150" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "8" },
    only: { type: "string", default: "" },
    aim: { type: "string", default: "95" },
  },
});
const root = path.resolve(import.meta.dirname, "..");
/** A mutant that loops for ever is noticed too. */
const STUCK_AFTER_MS = 60_000;
const endsAt = Date.now() + Number(values.minutes) * 60_000;

const chosen = sample(allMutants(), Number(values.count), Number(values.seed)).map((mutant, id) => ({ ...mutant, id }));
const verdicts = new Map();
let controlled = false;
while (verdicts.size < chosen.length && Date.now() < endsAt) await runChild();
report();

function allMutants() {
  return readdirSync(path.join(root, "lib/redact"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("testing/"))
    .sort()
    .map((file) => `lib/redact/${file}`)
    .filter((file) => file.includes(values.only))
    .flatMap((file) => {
      const source = readFileSync(path.join(root, file), "utf8");
      const lines = source.split("\n");
      return makeMutants(file, source).map((mutant) => ({ ...mutant, source: lines[mutant.line - 1].trim() }));
    })
    .filter(
      (mutant) =>
        !EQUIVALENT.some(
          ({ file, line, what }) => file === mutant.file && line === mutant.source && what === mutant.what,
        ),
    );
}

/** Seeded, so that a survivor can be met again. */
function sample(all, count, seed) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return all
    .map((mutant) => [random(), mutant])
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, mutant]) => mutant);
}

/** Runs what is left until all is done, the time is over, or one mutant is stuck. */
function runChild() {
  return new Promise((resolve) => {
    const child = fork(path.join(root, "scripts/support/run-mutants.mjs"), {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const left = chosen.filter(({ id }) => !verdicts.has(id));
    let watch = setTimeout(stuck, 2 * STUCK_AFTER_MS);
    function stuck() {
      const first = chosen.find(({ id }) => !verdicts.has(id));
      if (controlled && first) verdicts.set(first.id, "stuck");
      child.kill("SIGKILL");
    }
    child.on("message", (message) => {
      clearTimeout(watch);
      watch = setTimeout(stuck, controlled ? STUCK_AFTER_MS : 2 * STUCK_AFTER_MS);
      if (message.ready) return child.send({ mutants: left, control: !controlled });
      if (message.id === -1) {
        if (message.killed) fail(`the tests fail without any mutant: ${message.failed.join("; ")}`, child);
        controlled = true;
      } else {
        verdicts.set(message.id, message.killed ? "killed" : "survived");
        if (!message.killed) print(chosen[message.id]);
      }
      if (Date.now() >= endsAt) child.kill("SIGKILL");
    });
    child.on("exit", () => {
      clearTimeout(watch);
      resolve();
    });
  });
}

function print({ file, line, what, source }) {
  console.log(`survived  ${file}:${line}  ${what}  ${source}`);
}

function report() {
  const tested = verdicts.size;
  const killed = [...verdicts.values()].filter((verdict) => verdict !== "survived").length;
  const share = tested === 0 ? 0 : (killed / tested) * 100;
  console.log(
    `${killed} of ${tested} mutants killed (${share.toFixed(1)} %, aim ${values.aim} %), ${chosen.length - tested} not reached, ${EQUIVALENT.length} equivalent left out, seed ${values.seed}`,
  );
  process.exit(tested > 0 && share >= Number(values.aim) ? 0 : 1);
}

function fail(reason, child) {
  console.error(reason);
  child.kill("SIGKILL");
  process.exit(1);
}
