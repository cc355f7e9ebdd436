// From the notes of mutant-runner.mjs to one verdict per fault.
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

/**
 * In: planned faults, the control, the notes since. Out: `verdicts` by id, none for what was not reached; `unseen`: ids that
 * no test passes by. A fault has survived when every test file that passes it, in its tests or while it is loaded, is through.
 */
export function readVerdicts(planned, control, notes) {
  const done = new Set(notes.flatMap((note) => (note.done ? [note.done] : [])));
  const told = new Map();
  for (const { id, verdict, isFinal } of notes) {
    if (id === undefined || ["assertion", "thrown", "import"].includes(told.get(id)?.verdict)) continue;
    if (!told.get(id)?.isFinal) told.set(id, { verdict, isFinal: isFinal === true });
  }
  const verdicts = new Map();
  const unseen = [];
  for (const { id } of planned) {
    const { verdict, isFinal } = told.get(id) ?? {};
    const passing = filesPassing(control, id);
    if (verdict !== undefined && (verdict !== "stuck" || isFinal)) verdicts.set(id, verdict);
    else if (passing.every((file) => done.has(file))) verdicts.set(id, verdict ?? "survived");
    if (passing.length === 0) unseen.push(id);
  }
  return { verdicts, unseen };
}

function filesPassing({ reach, imports }, id) {
  return Object.keys(imports).filter((file) => imports[file].includes(id) || reach[file]?.includes(id));
}
