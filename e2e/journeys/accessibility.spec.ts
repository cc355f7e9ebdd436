/** No page has a serious or critical finding of axe, in light and in dark. */
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { plainPageRead, PLAIN_PAGES } from "../support/plain-pages";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const TIMELINE = "/timeline?key=order:48192";

async function openDetail(page: Page): Promise<void> {
  await waitForAnswer(page);
  await page.keyboard.press("]");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Row detail" })).toBeVisible();
}

async function openRegions(page: Page): Promise<void> {
  await waitForAnswer(page);
  for (const name of [/^Gaps/, /^Keys/, /^Services/, /^Metrics/]) await page.getByRole("button", { name }).click();
  await page
    .getByRole("button", { name: /^considered/ })
    .first()
    .click();
  await page.getByRole("button", { name: "expand all" }).click();
  await expect(page.getByRole("region", { name: "Service map" })).toBeVisible();
}

async function openUnlink(page: Page): Promise<void> {
  await openDetail(page);
  await page.getByRole("button", { name: "Unlink this row…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function openTrace(page: Page): Promise<void> {
  await openDetail(page);
  await page.getByRole("button", { name: "Open trace full screen" }).click();
  await page.keyboard.press("l");
  await expect(page.getByRole("tree", { name: /^Spans of trace/ })).toBeFocused();
}

async function openHelp(page: Page): Promise<void> {
  await waitForAnswer(page);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function tryRule(page: Page): Promise<void> {
  await page.getByLabel("Try it on lines").fill("order #48192 of acct_2077, order no");
  await expect(page.locator("mark").first()).toBeVisible();
}

async function openNewHook(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make a hook" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

const PLACES: readonly { name: string; role?: string; path: string; ready: (page: Page) => Promise<void> }[] = [
  { name: "sign-in", path: "/sign-in", ready: (page) => expect(page.getByLabel("Password")).toBeVisible() },
  {
    name: "search",
    role: "engineer",
    path: "/",
    ready: (page) => expect(page.getByRole("heading", { name: "Find one incident" })).toBeVisible(),
  },
  { name: "an engineer's timeline", role: "engineer", path: TIMELINE, ready: waitForAnswer },
  { name: "an engineer's timeline with the detail open", role: "engineer", path: TIMELINE, ready: openDetail },
  { name: "an engineer's timeline with every region open", role: "engineer", path: TIMELINE, ready: openRegions },
  { name: "an engineer's timeline about to unlink a row", role: "engineer", path: TIMELINE, ready: openUnlink },
  { name: "an engineer's timeline with a trace in full", role: "engineer", path: TIMELINE, ready: openTrace },
  { name: "an engineer's timeline with the help open", role: "engineer", path: TIMELINE, ready: openHelp },
  { name: "a support agent's timeline", role: "support", path: TIMELINE, ready: waitForAnswer },
  { name: "a support agent's timeline with the detail open", role: "support", path: TIMELINE, ready: openDetail },
  { name: "an empty timeline", role: "engineer", path: "/timeline?key=order:99999999", ready: waitForAnswer },
  {
    name: "tokens",
    role: "engineer",
    path: "/account/tokens",
    ready: (page) => expect(page.getByRole("region", { name: "Your tokens" })).toBeVisible(),
  },
  {
    name: "the policy",
    role: "admin",
    path: "/admin/policy",
    ready: (page) => expect(page.getByText("support never sees db.statement", { exact: true })).toBeVisible(),
  },
  { name: "a hook being made", role: "admin", path: "/admin/webhooks", ready: openNewHook },
  { name: "a key rule being tried", role: "admin", path: "/admin/keys?rule=order%20id", ready: tryRule },
];

for (const place of PLACES) {
  test(`${place.name} has no serious accessibility fault`, async ({ page }) => {
    if (place.role === undefined) await page.goto(demo().url + place.path);
    else await signIn(page, place.role, place.path);
    await place.ready(page);
    await expectNoSeriousFault(page);
  });
}

for (const plain of PLAIN_PAGES) {
  test(`the page of ${plain.name} has no serious accessibility fault`, async ({ page }) => {
    await signIn(page, plain.role, plain.path);
    await plainPageRead(page);
    await expectNoSeriousFault(page);
  });
}

/** One visit for both schemes: what is on a page does not depend on its colours. */
async function expectNoSeriousFault(page: Page): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    // Motion is off so that colours are measured at rest, not half-way through a fade.
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const shown = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    await expect.poll(shown).toContain(scheme);
    const { violations, passes } = await new AxeBuilder({ page }).analyze();
    expect(passes.map((rule) => rule.id)).toContain("color-contrast");
    const serious = violations.filter((rule) => rule.impact === "serious" || rule.impact === "critical");
    expect(
      serious.map(
        (rule) => `${rule.id}: ${rule.nodes.map((node) => `${node.html} ${node.failureSummary ?? ""}`).join(" | ")}`,
      ),
      scheme,
    ).toEqual([]);
  }
}
