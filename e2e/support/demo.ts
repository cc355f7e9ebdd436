/** The running demo, as `start-demo.ts` left it for the tests. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const Demo = z.object({
  url: z.url(),
  accounts: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
  tokens: z.object({ engineer: z.string(), support: z.string(), manager: z.string(), admin: z.string() }),
  keys: z.array(z.string()),
  /** For the product's own commands. */
  dataDir: z.string(),
  sources: z.array(z.object({ kind: z.string(), name: z.string().optional(), url: z.url() })),
});
export type Demo = z.infer<typeof Demo>;

/** Where the one JSON line of `npm run demo -- --json` lies. */
export const DEMO_FILE = "THROUGHLINE_E2E_DEMO";

export function demo(): Demo {
  const file = process.env[DEMO_FILE];
  if (file === undefined) throw new Error(`${DEMO_FILE} is not set: run the tests through Playwright's global set-up`);
  return Demo.parse(JSON.parse(readFileSync(file, "utf8")));
}
