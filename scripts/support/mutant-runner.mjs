// Runs each test as it stands, then once more per fault that it passes by, without loading anything again. Used by
// run-mutants.mjs, which weaves the faults in. `inject("mutants")` says what to do:
//   control  every test without a fault, once more when it fails: does it pass, how long, what does it reach
//   woven    every test without a fault, then with each living one that it reaches
//   fresh    one fault, awake from before the first import
// What is found goes to files at once: a fault that never ends takes this process with it.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { setMaxListeners } from "node:events";
import path from "node:path";
import fc from "fast-check";
import { inject, TestRunner } from "vitest";

/** A test may pass so many more woven places than without a fault before it counts as stuck. */
const PATIENCE = { times: 20, plus: 3_000_000 };

class StuckError extends Error {}

const places = { seen: new Set(), count: 0, limit: Infinity, awake: -1, wasAwake: false };

globalThis.__mutant = (id) => {
  places.seen.add(id);
  places.count += 1;
  if (places.count > places.limit) throw new StuckError("stuck");
  if (id !== places.awake) return false;
  places.wasAwake = true;
  return true;
};

export default class MutantRunner extends TestRunner {
  #task = inject("mutants");
  #file = "";
  #living = new Set();
  #isWhole = true;

  constructor(config) {
    super(config);
    // The same examples each time, and no search for a smaller one.
    fc.configureGlobal({ seed: this.#task.seed, endOnFailure: true });
  }

  async importFile(filepath, source) {
    if (source !== "collect") return super.importFile(filepath, source);
    this.#file = filepath;
    const { mode, awake } = this.#task;
    if (mode === "woven") this.#living = this.#findLiving();
    if (mode === "fresh") this.#try(awake);
    listen(mode === "fresh" ? awake : -1, mode === "fresh" ? PATIENCE.plus : Infinity);
    const loaded = await super.importFile(filepath, source);
    places.limit = Infinity;
    if (mode === "control") this.#note({ file: filepath, imports: [...places.seen] });
    return loaded;
  }

  async runTask(test) {
    const run = TestRunner.getTestFn(test);
    // Each run adds one.
    setMaxListeners(0, test.context.signal);
    const { mode, limits, leftOut } = this.#task;
    const name = `${path.relative(this.config.root, this.#file)} > ${test.fullTestName}`;
    if (leftOut.includes(name)) return undefined;
    if (mode === "control") return this.#control(run, name);
    if (mode === "fresh") {
      places.limit = places.count + (limits[name] ?? 0) * PATIENCE.times + PATIENCE.plus;
      return run();
    }
    return this.#mayRun() ? this.#tryAll(run, name) : undefined;
  }

  onAfterRunFiles() {
    if (this.#task.mode === "woven" && this.#isWhole) this.#note({ done: this.#file });
    this.#try("");
    return super.onAfterRunFiles();
  }

  async #control(run, name) {
    const measure = async () => {
      listen(-1, Infinity);
      const before = performance.now();
      const problem = await problemOf(run);
      return { problem, ms: performance.now() - before, reached: [...places.seen], count: places.count };
    };
    const { problem, ...first } = await measure();
    const isReliable = problem === undefined;
    // Twice not: that is no accident.
    if (!isReliable) await run();
    this.#note({ file: this.#file, test: name, ...first, isReliable });
  }

  async #tryAll(run, name) {
    listen(-1, Infinity);
    await run();
    const wanted = [...places.seen].filter((id) => this.#living.has(id));
    const limit = places.count * PATIENCE.times + PATIENCE.plus;
    if (wanted.length === 0) return undefined;
    if ((await problemOf(run)) !== undefined) return this.#askFresh(wanted);
    for (const [index, id] of wanted.entries()) {
      if (!this.#mayRun()) return undefined;
      this.#try(id);
      listen(id, limit);
      const verdict = await problemOf(run);
      const { wasAwake } = places;
      listen(-1, Infinity);
      // What was worked out once and kept shows the fault only to a process that has it from the start.
      if (verdict === undefined && !wasAwake) this.#askFresh([id]);
      if (verdict === undefined) continue;
      // When the test no longer passes without the fault, nothing that it says counts.
      if ((await problemOf(run)) !== undefined) return this.#askFresh(wanted.slice(index));
      this.#note({ id, verdict, by: name });
      if (verdict !== "stuck") this.#living.delete(id);
    }
    return undefined;
  }

  #mayRun() {
    if (this.#living.size === 0) return false;
    if (Date.now() < this.#task.endsAt) return true;
    this.#isWhole = false;
    return false;
  }

  #findLiving() {
    const { reach } = JSON.parse(readFileSync(this.#path("control.json"), "utf8"));
    const here = new Set(reach[this.#file] ?? []);
    for (const line of readFileSync(this.#path("notes.jsonl"), "utf8").split("\n")) {
      if (!line.startsWith('{"id"')) continue;
      const { id, verdict, isFinal } = JSON.parse(line);
      if (verdict !== "stuck" || isFinal) here.delete(id);
    }
    return here;
  }

  #askFresh(ids) {
    if (ids.length > 0) this.#note({ fresh: ids, file: this.#file });
  }

  /** The parent reads when this was last written, and ends the whole when that is too long ago. */
  #try(id) {
    writeFileSync(this.#path(`trying-${process.env.VITEST_POOL_ID}`), String(id));
  }

  #note(line) {
    appendFileSync(this.#path("notes.jsonl"), `${JSON.stringify(line)}\n`);
  }

  #path(name) {
    return path.join(this.#task.folder, name);
  }
}

function listen(awake, limit) {
  Object.assign(places, { seen: new Set(), count: 0, limit, awake, wasAwake: false });
}

async function problemOf(run) {
  try {
    await run();
    return undefined;
  } catch (error) {
    return places.count > places.limit || /^Test timed out/.test(error?.message) ? "stuck" : verdictOf(error);
  }
}

/** A property that does not hold carries what was thrown as its cause, and nothing when it answered false. */
function verdictOf(error) {
  const isProperty = /^Property failed/.test(error?.message);
  const thrown = isProperty ? error.cause : error;
  return (isProperty && !thrown) || thrown?.name === "AssertionError" ? "assertion" : "thrown";
}
