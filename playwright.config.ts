import { defineConfig } from "@playwright/test";
import { BROWSER_ARGUMENTS, CHROMIUM_PATH } from "./e2e/support/browser-arguments";

export default defineConfig({
  testDir: "e2e",
  // The sweeps bring an estate of their own and take minutes: `npm run test:security`.
  testIgnore: process.env["THROUGHLINE_LONG_TESTS"] === "1" ? [] : ["security/!(surfaces).spec.ts"],
  globalSetup: "./e2e/support/start-demo.ts",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: CHROMIUM_PATH, args: BROWSER_ARGUMENTS },
  },
});
