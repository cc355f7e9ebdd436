// Runs vitest projects and counts their tests from its JSON report.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bin, runCheck } from "./run-check.mjs";

/** @returns {Promise<{passed: number, failed: number}>} a run that breaks before its report counts as one failure */
export async function runVitest(name, projects) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "throughline-vitest-"));
  const report = path.join(folder, "report.json");
  const args = [
    bin("vitest", "vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const { ok, output } = await runCheck({ name, args: [...args, ...projects.flatMap((one) => ["--project", one])] });
  try {
    const {
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: skipped,
    } = JSON.parse(readFileSync(report, "utf8"));
    if (skipped > 0) console.log(`       ${skipped} skipped`);
    for (const line of new Set(output.split("\n")))
      if (/TEST_DATABASE_URL|real Postgres|skipp/i.test(line)) console.log(`       ${line.trim()}`);
    return { passed, failed: ok ? failed : Math.max(1, failed) };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
