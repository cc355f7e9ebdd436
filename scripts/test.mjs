// `npm test`: everything. Checks, unit and integration tests, production build, browser tests.
// The last line is `N passed, N failed`; every test and every check counts once.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { generate, runChecks } from "./support/checks.mjs";
import { getPrograms } from "./support/get-programs.mjs";
import { bin, runCheck } from "./support/run-check.mjs";
import { runVitest } from "./support/run-vitest.mjs";

if (!process.env.TEST_DATABASE_URL) {
  console.log("TEST_DATABASE_URL is not set: database tests run on the embedded database only.");
}
getPrograms();
await generate();
// The integration tests wait much of their time, for servers and databases: the rest fills the cores meanwhile.
const [integration, others] = await Promise.all([
  runVitest("integration tests", ["integration"]),
  checksAndUnitTests(),
]);
const parts = [integration, ...others, await build(), await browserTests()];
const sum = (name) => parts.reduce((total, part) => total + part[name], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(sum("failed") === 0 ? 0 : 1);

async function checksAndUnitTests() {
  const results = await runChecks();
  const passed = results.filter((check) => check.ok).length;
  return [{ passed, failed: results.length - passed }, await runVitest("unit tests", ["unit", "dom"])];
}

async function build() {
  const { ok } = await runCheck({ name: "production build", args: ["scripts/build.mjs"] });
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

async function browserTests() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "throughline-playwright-"));
  const report = path.join(folder, "report.json");
  const { ok } = await runCheck({
    name: "browser and API tests",
    args: [bin("@playwright/test", "cli.js"), "test", "--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  try {
    const { expected, unexpected, flaky } = JSON.parse(readFileSync(report, "utf8")).stats;
    // A test that passes only on a second try has failed once: no retries are configured, so this stays zero.
    return { passed: expected, failed: ok ? 0 : Math.max(1, unexpected + flaky) };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
