// Child of mutate-redactor.mjs: one vitest, many mutants, one after the other. A mutant lives in the transform only;
// no file is written. Messages: in `{ mutants }`, out `{ id, killed }` per mutant and `{ id: -1, … }` for no mutant.
import { readFileSync } from "node:fs";
import path from "node:path";
import { createVitest } from "vitest/node";

const root = path.resolve(import.meta.dirname, "../..");
let current;

const plugin = {
  name: "mutant",
  enforce: "pre",
  load(id) {
    if (current === undefined || id.split("?")[0] !== path.join(root, current.file)) return undefined;
    const source = readFileSync(path.join(root, current.file), "utf8");
    return source.slice(0, current.start) + current.text + source.slice(current.end);
  },
};
const vitest = await createVitest(
  "test",
  {
    root,
    config: false,
    watch: false,
    reporters: [{}],
    bail: 1,
    silent: true,
    testTimeout: 30_000,
    pool: "threads",
    maxWorkers: 2,
    environment: "node",
    include: ["lib/redact/**/*.test.ts"],
    // Seconds of samples that tell how often, not whether.
    exclude: ["**/false-positives.test.ts"],
  },
  {
    configFile: false,
    logLevel: "silent",
    plugins: [plugin],
    resolve: { tsconfigPaths: true, alias: { "server-only": path.join(root, "scripts/support/empty-module.mjs") } },
  },
);
const all = await vitest.globTestSpecifications();

process.on("message", async ({ mutants, control }) => {
  if (control) process.send({ id: -1, killed: await isKilled(undefined), failed: failedTests() });
  for (const mutant of mutants) process.send({ id: mutant.id, killed: await isKilled(mutant) });
  await vitest.close();
  process.exit(0);
});
process.send({ ready: true });

async function isKilled(mutant) {
  const before = current;
  current = mutant;
  for (const one of [before, mutant]) if (one) vitest.invalidateFile(path.join(root, one.file));
  vitest.state.filesMap.clear();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(nearestFirst(mutant));
  return unhandledErrors.length > 0 || testModules.length === 0 || testModules.some((module) => !module.ok());
}

function failedTests() {
  const modules = vitest.state.getTestModules();
  return modules.flatMap((module) => [...module.children.allTests("failed")].map((test) => test.fullName));
}

/** The scrubber has tests of its own; what they do not see of it, nobody does. */
function nearestFirst(mutant) {
  if (!mutant) return all;
  const scrubs = ({ moduleId }) => /redact\/(?:scrub\/|scrub-text|is-safe-name)/.test(moduleId);
  const inScrubber = /redact\/(?:scrub\/|scrub-text|is-safe-name)/.test(mutant.file);
  const specs = all.filter((spec) => scrubs(spec) === inScrubber);
  const name = path.basename(mutant.file, ".ts");
  return [...specs].sort((a, b) => Number(b.moduleId.includes(name)) - Number(a.moduleId.includes(name)));
}
