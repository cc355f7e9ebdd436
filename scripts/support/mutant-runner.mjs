// Runs each test as it stands, then once more per fault that it passes by, without loading anything again; then the whole
// file from its first import per fault that was passed while it was loaded. Used by run-mutants.mjs, which weaves the
// faults in. `inject("mutants")` says what to do:
//   control  every test without a fault, once more when it fails: does it pass, how long, what does it reach
//   woven    every test without a fault, then with each living one that it reaches, then the file with each that it loads
// What is found goes to files at once: a fault that never ends takes this process with it.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { setMaxListeners } from "node:events";
import path from "node:path";
import fc from "fast-check";
import { inject, TestRunner, vi } from "vitest";
import { startTests } from "vitest/internal/browser";

/** A test may pass so many more woven places than without a fault before it counts as stuck. */
const PATIENCE = { times: 20, plus: 3_000_000 };

class StuckError extends Error {}

const NONE = new Set();
const places = { seen: new Set(), count: 0, limit: Infinity, awake: NONE, wasAwake: false };

globalThis.__mutant = (id) => {
  places.seen.add(id);
  places.count += 1;
  if (places.count > places.limit) throw new StuckError("stuck");
  if (!places.awake.has(id)) return false;
  places.wasAwake = true;
  return true;
};

export default class MutantRunner extends TestRunner {
  #task = inject("mutants");
  #file = "";
  #living = new Set();
  /** Ids that show themselves only to who loads the code with them. */
  #loaded = new Set();
  #isWhole = true;

  constructor(config) {
    super(config);
    // The same examples each time, and no search for a smaller one.
    fc.configureGlobal({ seed: this.#task.seed, endOnFailure: true });
  }

  async importFile(filepath, source) {
    if (source !== "collect") return super.importFile(filepath, source);
    this.#file = filepath;
    if (this.#task.mode === "woven") this.#living = this.#findLiving();
    listen(NONE, Infinity);
    const loaded = await super.importFile(filepath, source);
    this.#loaded = places.seen;
    if (this.#task.mode === "control") this.#note({ file: filepath, imports: [...places.seen] });
    return loaded;
  }

  async runTask(test) {
    const run = TestRunner.getTestFn(test);
    // Each run adds one.
    setMaxListeners(0, test.context.signal);
    const name = nameOf(this.config, test);
    if (this.#task.leftOut.includes(name)) return undefined;
    if (this.#task.mode === "control") return this.#control(run, name);
    return this.#mayRun() ? this.#tryAll(run, name) : undefined;
  }

  async onAfterRunFiles() {
    if (this.#task.mode === "woven") {
      await this.#tryLoaded();
      if (this.#isWhole) this.#note({ done: this.#file });
    }
    this.#try([]);
    return super.onAfterRunFiles();
  }

  async #control(run, name) {
    const measure = async () => {
      listen(NONE, Infinity);
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
    listen(NONE, Infinity);
    await run();
    const wanted = [...places.seen].filter((id) => this.#living.has(id));
    const limit = limitAfter(places.count);
    if (wanted.length === 0) return undefined;
    if ((await problemOf(run)) !== undefined) return this.#loadAgain(wanted);
    for (const [index, id] of wanted.entries()) {
      if (!this.#mayRun()) return undefined;
      this.#try([id]);
      listen(new Set([id]), limit);
      const verdict = await problemOf(run);
      const { wasAwake } = places;
      listen(NONE, Infinity);
      // What was worked out once and kept shows the fault only to code that has it from the start.
      if (verdict === undefined && !wasAwake) this.#loadAgain([id]);
      if (verdict === undefined) continue;
      // When the test no longer passes without the fault, nothing that it says counts.
      if ((await problemOf(run)) !== undefined) return this.#loadAgain(wanted.slice(index));
      this.#found(id, verdict, name);
    }
    return undefined;
  }

  /** All at once, because most files notice none of what they load; the half that is noticed is asked again. */
  async #tryLoaded() {
    const wanted = [...this.#loaded].filter((id) => this.#living.has(id));
    const alone = new Set(this.#notes().flatMap((note) => note.alone ?? []));
    const open = [wanted.filter((id) => !alone.has(id)), ...wanted.filter((id) => alone.has(id)).map((id) => [id])];
    while (open.length > 0) {
      const ids = open.shift();
      if (ids.length === 0) continue;
      if (!this.#mayRun()) return;
      this.#try(ids);
      const noticed = await this.#reload(new Set(ids));
      this.#try([]);
      if (!noticed) continue;
      const middle = Math.ceil(ids.length / 2);
      if (ids.length > 1) open.unshift(ids.slice(0, middle), ids.slice(middle));
      else if (!(await this.#reload(NONE))) this.#found(ids[0], noticed.verdict, noticed.by);
      // A file that does not pass without the fault, loaded a second time, says nothing.
      else return;
    }
  }

  async #reload(awake) {
    const { leftOut } = this.#task;
    const again = new ReloadRunner(this, { awake, leftOut, limits: this.#measured().limits });
    return again.problemOf(this.#file);
  }

  #found(id, verdict, by) {
    this.#note({ id, verdict, by });
    if (verdict !== "stuck") this.#living.delete(id);
  }

  #mayRun() {
    if (this.#living.size === 0) return false;
    if (Date.now() < this.#task.endsAt) return true;
    this.#isWhole = false;
    return false;
  }

  #findLiving() {
    const { reach, imports } = this.#measured();
    const here = new Set([...(reach[this.#file] ?? []), ...(imports[this.#file] ?? [])]);
    for (const { id, verdict, isFinal } of this.#notes()) if (verdict !== "stuck" || isFinal) here.delete(id);
    return here;
  }

  #loadAgain(ids) {
    for (const id of ids) this.#loaded.add(id);
  }

  /** The parent reads when this was last written, and ends the whole when that is too long ago. */
  #try(ids) {
    writeFileSync(this.#path(`trying-${process.env.VITEST_POOL_ID}`), ids.join(","));
  }

  #measured() {
    return JSON.parse(readFileSync(this.#path("control.json"), "utf8"));
  }

  #notes() {
    return readFileSync(this.#path("notes.jsonl"), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  #note(line) {
    appendFileSync(this.#path("notes.jsonl"), `${JSON.stringify(line)}\n`);
  }

  #path(name) {
    return path.join(this.#task.folder, name);
  }
}

/** The same file from its first import, with nothing told to vitest, up to the first test that fails. */
class ReloadRunner extends TestRunner {
  #asked;
  #noticed;
  #isLoaded = false;

  constructor(first, asked) {
    super(first.config);
    this.moduleRunner = first.moduleRunner;
    this.__setTraces(first._otel);
    this.#asked = asked;
  }

  /** Out: what noticed the faults, and how; undefined when all passed. */
  async problemOf(file) {
    this.moduleRunner.mocker?.reset();
    vi.resetModules();
    listen(this.#asked.awake, PATIENCE.plus);
    const [{ result }] = await startTests([file], this);
    listen(NONE, Infinity);
    if (this.#noticed || result?.state !== "fail") return this.#noticed;
    return { verdict: this.#isLoaded ? "thrown" : "import", by: file };
  }

  async importFile(filepath, source) {
    const loaded = await super.importFile(filepath, source);
    if (source === "collect") this.#isLoaded = true;
    return loaded;
  }

  async runTask(test) {
    const name = nameOf(this.config, test);
    const { limits, leftOut } = this.#asked;
    if (this.#noticed || leftOut.includes(name)) return;
    places.limit = places.count + limitAfter(limits[name] ?? 0);
    const verdict = await problemOf(TestRunner.getTestFn(test));
    if (verdict) this.#noticed = { verdict, by: name };
  }
}

function nameOf(config, test) {
  return `${path.relative(config.root, test.file.filepath)} > ${test.fullTestName}`;
}

function limitAfter(count) {
  return count * PATIENCE.times + PATIENCE.plus;
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
