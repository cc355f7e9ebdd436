import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const emptyModule = new URL("./scripts/support/empty-module.mjs", import.meta.url).pathname;
const integration = ["**/*.integration.test.ts"];
const ignored = ["node_modules/**", ".next/**", "dist/**", "e2e/**"];

export default defineConfig({
  resolve: { tsconfigPaths: true, alias: { "server-only": emptyModule } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["**/*.test.ts"],
          exclude: [...ignored, ...integration],
          // Files of one worker share their modules: loading them anew for each took four times as long as all tests.
          // So what a test puts in place of something is taken back after it, whether it says so or not; variables of the
          // environment, which are read once, by the files that set them.
          isolate: false,
          restoreMocks: true,
          unstubGlobals: true,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: { name: "dom", environment: "happy-dom", include: ["**/*.test.tsx"], exclude: ignored },
      },
      {
        extends: true,
        test: {
          name: "integration",
          environment: "node",
          include: integration,
          exclude: ignored,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
