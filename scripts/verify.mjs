// `npm run verify`: format, lint, import rules, types, dead code, documentation paths, migrations, unit tests.
import { generate, runChecks } from "./support/checks.mjs";
import { runVitest } from "./support/run-vitest.mjs";

await generate();
const checks = await runChecks();
const unit = await runVitest("unit tests", ["unit", "dom"]);
const failed = checks.filter((check) => !check.ok).length + unit.failed;
console.log(`${checks.length - checks.filter((check) => !check.ok).length + unit.passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
