// From the notes of mutant-runner.mjs to one verdict per fault.
import path from "node:path";

/**
 * In: the notes of the control run; how long a test may take, in ms. Out: what each test file reaches while its tests run
 * (`reach`) and while it is loaded (`imports`), its duration (`ms`), how many woven places each test passes (`limits`), how
 * many tests there are, the tests that are left out because they are slow or passed only at a second try.
 */
export function readControl(notes, slowMs = Infinity) {
  const control = { reach: {}, imports: {}, ms: {}, limits: {}, tests: 0, slow: [], unreliable: [] };
  for (const { file, test, ms = 0, reached, imports, count, isReliable } of notes) {
    if (imports) control.imports[file] = imports;
    if (!test) continue;
    control.tests += 1;
    if (!isReliable) control.unreliable.push(test);
    else if (ms > slowMs) control.slow.push(test);
    else {
      control.limits[test] = count;
      control.ms[file] = (control.ms[file] ?? 0) + ms;
      control.reach[file] = [...new Set([...(control.reach[file] ?? []), ...reached])];
    }
  }
  return control;
}

/** Asking from the start costs seconds per test file: what that many of them do not notice has survived. */
const FRESH_FILES = 12;

/**
 * In: planned faults, the control, the notes since. Out: `verdicts` by id, none for what was not reached; `fresh`: which
 * test files still have to be asked about which living fault from the start; `unseen`: ids that no test passes by.
 */
export function readVerdicts(planned, control, notes) {
  const done = new Set(notes.flatMap((note) => (note.done ? [note.done] : [])));
  const told = new Map();
  for (const { id, verdict, isFinal } of notes) {
    if (id === undefined || ["assertion", "thrown", "import"].includes(told.get(id)?.verdict)) continue;
    if (!told.get(id)?.isFinal) told.set(id, { verdict, isFinal: isFinal === true });
  }
  const verdicts = new Map();
  const fresh = new Map();
  const unseen = [];
  for (const { id, file } of planned) {
    const { verdict, isFinal } = told.get(id) ?? {};
    if (verdict !== undefined && (verdict !== "stuck" || isFinal)) {
      verdicts.set(id, verdict);
      continue;
    }
    const reaching = Object.keys(control.reach).filter((one) => control.reach[one].includes(id));
    const asked = notes.filter((note) => note.fresh?.includes(id)).map((note) => note.file);
    const loading = Object.keys(control.imports).filter((one) => control.imports[one].includes(id));
    const files = nearestFirst([...new Set([...asked, ...loading])], file, control.ms).slice(0, FRESH_FILES);
    if (reaching.some((one) => !done.has(one))) continue;
    if (files.length > 0) fresh.set(id, files);
    else verdicts.set(id, verdict ?? "survived");
    if (reaching.length === 0 && loading.length === 0) unseen.push(id);
  }
  return { verdicts, fresh, unseen };
}

/** The test beside a file says most about it; then those that cost least. */
function nearestFirst(tests, file, ms) {
  const name = path.basename(file, ".ts");
  const isNear = (test) => Number(path.basename(test).startsWith(`${name}.`));
  return tests.sort((a, b) => isNear(b) - isNear(a) || (ms[a] ?? 0) - (ms[b] ?? 0));
}
