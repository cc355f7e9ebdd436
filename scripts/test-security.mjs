// `npm run test:security`: the security tests, long ones too. Builds what they need; one line per test.
import { bin, runCheck } from "./support/run-check.mjs";
import { spawnSync } from "node:child_process";

const LONG = { THROUGHLINE_LONG_TESTS: "1" };
const UNIT = ["two-worlds", "search-oracle", "fail-closed", "policy-monotonicity", "version-floors"];

const built = await runCheck({ name: "production build", args: ["scripts/build.mjs"] });
const parts = built.ok
  ? [
      run([bin("vitest", "vitest.mjs"), "run", "--project", "unit", "--reporter=verbose", ...UNIT], LONG),
      // A name for the demo's file keeps the demo from being started: these tests bring an estate of their own.
      run([bin("@playwright/test", "cli.js"), "test", "e2e/security"], { ...LONG, THROUGHLINE_E2E_DEMO: "none" }),
      // A small part, always the same; the whole is `npm run mutants`.
      run(["scripts/mutate-redactor.mjs", "--sample", "120", "--seed", "1", "--minutes", "10"], {}),
    ]
  : [1];
process.exit(parts.every((code) => code === 0) ? 0 : 1);

function run(args, env) {
  const result = spawnSync(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } });
  return result.status ?? 1;
}
