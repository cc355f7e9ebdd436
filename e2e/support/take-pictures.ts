/** `npm run pictures`: the pictures of README and docs, taken from the demo, so that they are never stale. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import { BROWSER_ARGUMENTS, CHROMIUM_PATH } from "./browser-arguments";
import { demo } from "./demo";
import { signIn } from "./sign-in";
import startDemo from "./start-demo";

const FOLDER = path.resolve("docs/images");
const SIZE = { width: 1440, height: 900 };
/** A memo of several screens. */
const TALL = { width: 1440, height: 2600 };

interface Picture {
  readonly name: string;
  readonly role: string;
  readonly scheme: "light" | "dark";
  readonly path: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly prepare?: (page: Page) => Promise<void>;
}

const ORDER = "/timeline?key=order:48192";

async function tried(page: Page): Promise<void> {
  const lines = ["order #48192 saved for account acct_2077", '{"msg":"saved","orderId":48192}', "order no longer open"];
  await page.getByLabel("Try it on lines").fill(lines.join("\n"));
  await page.locator("mark").first().waitFor();
}

/** The row list settles when the stream has ended: the evidence bar then says so. */
async function settled(page: Page): Promise<void> {
  await page.locator('[role="option"], main li').first().waitFor();
  await page.waitForLoadState("networkidle");
}

const PICTURES: readonly Picture[] = [
  { name: "search-light", role: "engineer", scheme: "light", path: "/" },
  { name: "search-dark", role: "engineer", scheme: "dark", path: "/" },
  { name: "timeline-engineer-light", role: "engineer", scheme: "light", path: ORDER, prepare: settled },
  { name: "timeline-engineer-dark", role: "engineer", scheme: "dark", path: ORDER, prepare: settled },
  { name: "timeline-panel-dark", role: "engineer", scheme: "dark", path: ORDER, prepare: openPanel },
  { name: "trace-light", role: "engineer", scheme: "light", path: ORDER, prepare: openTrace },
  { name: "trace-dark", role: "engineer", scheme: "dark", path: ORDER, prepare: openTrace },
  { name: "gaps-dark", role: "engineer", scheme: "dark", path: ORDER, prepare: openRegion(/^Gaps/) },
  { name: "keys-light", role: "engineer", scheme: "light", path: ORDER, prepare: openRegion(/^Keys/) },
  { name: "services-dark", role: "engineer", scheme: "dark", path: ORDER, prepare: openRegion(/^Services/) },
  { name: "comparison-light", role: "engineer", scheme: "light", path: ORDER, prepare: openComparison },
  { name: "timeline-support-light", role: "support", scheme: "light", path: ORDER, prepare: settled },
  { name: "timeline-support-dark", role: "support", scheme: "dark", path: ORDER, prepare: settled },
  { name: "timeline-manager-light", role: "manager", scheme: "light", path: ORDER, prepare: settled },
  { name: "timeline-admin-light", role: "admin", scheme: "light", path: ORDER, prepare: settled },
  { name: "key-rules-dark", role: "admin", scheme: "dark", path: "/admin/keys?rule=order%20id", prepare: tried },
  { name: "alerts-dark", role: "engineer", scheme: "dark", path: "/alerts?from=now-30d", prepare: openRule },
  { name: "alerts-light", role: "manager", scheme: "light", path: "/alerts?from=now-30d", prepare: openRule },
  { name: "backlog-light", role: "engineer", scheme: "light", path: "/alerts/backlog", prepare: shown("article") },
  { name: "review-light", role: "manager", scheme: "light", path: "/review", prepare: shown("dl"), size: TALL },
  { name: "review-dark", role: "engineer", scheme: "dark", path: "/review", prepare: shown("dl"), size: TALL },
  { name: "policy-light", role: "admin", scheme: "light", path: "/admin/policy", prepare: shown("table") },
  { name: "people-dark", role: "admin", scheme: "dark", path: "/admin/people", prepare: shown("table") },
  { name: "webhooks-light", role: "admin", scheme: "light", path: "/admin/webhooks", prepare: shown("table") },
  { name: "webhooks-dark", role: "admin", scheme: "dark", path: "/admin/webhooks", prepare: openHook },
  { name: "on-call-light", role: "admin", scheme: "light", path: "/admin/on-call", prepare: shown("table") },
  { name: "on-call-dark", role: "admin", scheme: "dark", path: "/admin/on-call", prepare: shown("table") },
  { name: "audit-light", role: "manager", scheme: "light", path: "/admin/audit", prepare: shown("table") },
  { name: "tokens-light", role: "engineer", scheme: "light", path: "/account/tokens" },
  { name: "sign-in-light", role: "", scheme: "light", path: "/sign-in" },
  {
    name: "phone-engineer-dark",
    role: "engineer",
    scheme: "dark",
    path: ORDER,
    size: { width: 320, height: 640 },
    prepare: settled,
  },
];

/** The first rule, opened to its episodes, the first of them beside the list. */
async function openRule(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Rules" }).getByRole("button").first().click();
  await page.getByRole("list", { name: "Episodes" }).getByRole("button").first().click();
  await page.getByRole("complementary", { name: "Episode" }).getByText("Fires").first().waitFor();
}

/** A hook of the file: what to paste where, with a placeholder for its secret. */
async function openHook(page: Page): Promise<void> {
  await page.getByRole("button", { name: "alertmanager/pages" }).click();
  await page.getByRole("dialog").waitFor();
}

function shown(part: "article" | "table" | "dl"): (page: Page) => Promise<void> {
  return async (page) => {
    await page.locator(`main ${part}`).first().waitFor();
    await page.waitForLoadState("networkidle");
  };
}

/** The failing trace in place of the list, the errors of the span under the cursor opened beneath it. */
async function openTrace(page: Page): Promise<void> {
  await openPanel(page);
  await page.getByRole("button", { name: "Open trace full screen" }).click();
  await page.getByRole("tree").press("l");
}

async function openPanel(page: Page): Promise<void> {
  await settled(page);
  await page.keyboard.press("]");
  await page.keyboard.press("Enter");
  await page.getByText("Why is this here").first().waitFor();
}

async function openComparison(page: Page): Promise<void> {
  await openRegion(/^Compare/)(page);
  await page
    .getByText(/^Compared with/)
    .first()
    .waitFor();
}

function openRegion(name: RegExp): (page: Page) => Promise<void> {
  return async (page) => {
    await settled(page);
    await page.getByRole("button", { name }).first().click();
  };
}

async function take(browser: Browser, picture: Picture): Promise<void> {
  const context = await browser.newContext({
    viewport: picture.size ?? SIZE,
    colorScheme: picture.scheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  if (picture.role !== "") await signIn(page, picture.role);
  await page.goto(`${demo().url}${picture.path}`);
  await picture.prepare?.(page);
  await page.screenshot({ path: path.join(FOLDER, `${picture.name}.png`) });
  await context.close();
}

mkdirSync(FOLDER, { recursive: true });
const stopDemo = await startDemo();
const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: BROWSER_ARGUMENTS });
const only = process.argv.slice(2);
try {
  for (const picture of PICTURES) {
    if (only.length > 0 && !only.includes(picture.name)) continue;
    await take(browser, picture).catch((error: unknown) => {
      process.exitCode = 1;
      console.error(`${picture.name}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
} finally {
  await browser.close();
  await stopDemo();
}
