// The checks of `npm run verify`, in two lanes so that two cores are busy and memory stays small.
import { existsSync } from "node:fs";
import path from "node:path";
import { bin, root, runCheck } from "./run-check.mjs";

const LANES = [
  [
    { name: "types", args: [bin("typescript", "bin/tsc"), "--noEmit"] },
    { name: "format", args: [bin("prettier", "bin/prettier.cjs"), "--check", "--log-level", "warn", "."] },
    {
      name: "import rules",
      args: [
        bin("dependency-cruiser", "bin/dependency-cruise.mjs"),
        ...["--config", ".dependency-cruiser.cjs", "app", "components", "lib", "demo", "e2e", "bench"],
      ],
    },
    { name: "dead code", args: [bin("knip", "bin/knip.js")] },
  ],
  [
    { name: "lint", args: [bin("eslint", "bin/eslint.js"), ".", "--max-warnings", "0"] },
    { name: "paths in docs", args: ["scripts/check-doc-paths.mjs"] },
    { name: "migrations match the schema", args: ["scripts/migration.mjs", "--check"] },
  ],
];

/** Generates what types and tests need, unless it is there. */
export async function generate() {
  if (!existsSync(path.join(root, "prisma/generated"))) {
    await runCheck({ name: "database client generated", args: [bin("prisma", "build/index.js"), "generate"] });
  }
  if (!existsSync(path.join(root, "next-env.d.ts"))) {
    await runCheck({ name: "route types generated", args: [bin("next", "dist/bin/next"), "typegen"] });
  }
}

/** Runs every check. Resolves with one result per check. */
export async function runChecks() {
  const lanes = await Promise.all(
    LANES.map(async (lane) => {
      const results = [];
      for (const check of lane) results.push(await runCheck(check));
      return results;
    }),
  );
  return lanes.flat();
}
