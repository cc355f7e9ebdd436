// Which faults a run puts into which files of lib/redact.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { EQUIVALENT } from "./equivalent-mutants.mjs";
import { makeMutants } from "./make-mutants.mjs";

const FOLDER = "lib/redact";

/**
 * Every fault of every file, or a seeded sample over all files, each with its `id` (the same in every sample) and, for
 * those that nobody can see, the `reason`. Throws when a listed one has left the code.
 */
export function planMutants(root, { sample, seed, only = "", listed = EQUIVALENT }) {
  const used = new Set();
  const all = sourceFiles(root)
    .flatMap((file) => makeMutants(file, readFileSync(path.join(root, file), "utf8")))
    .map((mutant, id) => {
      const known = listed.find((one) => isSame(one, mutant));
      if (known) used.add(known);
      return { ...mutant, id, reason: known?.reason };
    });
  const gone = listed.filter((one) => !used.has(one));
  if (gone.length > 0) throw new Error(`listed as equivalent, but not in the code: ${gone.map(describe).join("; ")}`);
  return takeSample(
    all.filter(({ file }) => file.includes(only)),
    sample,
    seed,
  );
}

/** In: a list, how many of it (all when undefined), a seed. Out: as many, the same for the same seed, in the order of the list. */
export function takeSample(all, count, seed) {
  if (count === undefined) return all;
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const drawn = all.map((one) => [random(), one]).sort(([a], [b]) => a - b);
  const kept = new Set(drawn.slice(0, count).map(([, one]) => one));
  return all.filter((one) => kept.has(one));
}

/** One line for a person. */
export function describe({ file, line, what, source }) {
  return `${file}${line ? `:${line}` : ""}  ${what}  ${source}`;
}

function isSame(one, mutant) {
  return (
    one.file === mutant.file &&
    one.source === mutant.source &&
    one.what === mutant.what &&
    (one.text === undefined || one.text === mutant.text)
  );
}

function sourceFiles(root) {
  return readdirSync(path.join(root, FOLDER), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("testing/"))
    .sort()
    .map((file) => `${FOLDER}/${file}`);
}
