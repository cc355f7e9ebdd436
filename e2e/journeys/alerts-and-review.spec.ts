/** A month of alerts, from the engineer who judges to the manager who decides. The demo told three months of them. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const LAST_MONTH = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 1))
  .toISOString()
  .slice(0, 7);

test("an engineer finds a rule, opens an episode and judges it by one key", async ({ page }) => {
  await signIn(page, "engineer");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Alerts" }).click();
  const rules = page.getByRole("list", { name: "Rules" });
  await rules.getByRole("button").first().click();
  const episodes = page.getByRole("list", { name: "Episodes" });
  await episodes.getByRole("button").first().click();
  const panel = page.getByRole("complementary", { name: "Episode" });
  await expect(panel.getByRole("heading", { name: /^Fires \d/ })).toBeVisible();
  await page.keyboard.press("3");
  await expect(page.getByRole("status").filter({ hasText: "Judged: Expected" })).toBeVisible();
  await expect(panel.getByRole("button", { name: /^Expected/ })).toHaveAttribute("aria-pressed", "true");
  // What was opened is in the address: a colleague sees the same.
  expect(new URL(page.url()).searchParams.get("episode")).toMatch(/^[0-9a-f]{32}$/);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

test("an episode leads to what stood around its service, and nothing there claims to be joined by an id", async ({
  page,
}) => {
  await signIn(page, "engineer", "/alerts?service=status-api");
  await page.getByRole("list", { name: "Rules" }).getByRole("button").first().click();
  await page.getByRole("list", { name: "Episodes" }).getByRole("button").first().click();
  await page.getByRole("link", { name: "Open its timeline" }).click();
  await waitForAnswer(page);
  expect(new URL(page.url()).searchParams.get("key")).toBe("service:status-api");
  await expect(page.getByRole("button", { name: /^Gaps/ })).toBeVisible();
});

test("a run that a cron monitor missed is in the history, though nobody sent it", async ({ page }) => {
  await signIn(page, "engineer");
  await page.goto(`${demo().url}/alerts?service=billing-worker`);
  await page
    .getByRole("list", { name: "Rules" })
    .getByRole("button", { name: /Cron failure: Invoice export/ })
    .click();
  await page.getByRole("list", { name: "Episodes" }).getByRole("button").first().click();
  const panel = page.getByRole("complementary", { name: "Episode" });
  await expect(panel.getByText(/^No check-in came for the run expected at/)).toBeVisible();
  await expect(panel.getByText("missed", { exact: true })).toBeVisible();
});

test("an owner works the backlog off by keyboard alone", async ({ page }) => {
  await signIn(page, "engineer", "/alerts/backlog");
  const card = page.getByRole("article");
  const first = await card.getByRole("heading").textContent();
  await expect(page.getByText(/^1 of \d+/)).toBeVisible();
  await page.keyboard.press("s");
  await expect(page.getByText(/^2 of \d+/)).toBeVisible();
  await page.keyboard.press("u");
  await expect(card.getByRole("heading")).toHaveText(first ?? "");
  await page.keyboard.press("5");
  await expect(page.getByText(/^2 of \d+/)).toBeVisible();
});

test("a manager reads the month, opens the rows of a number, decides and takes the file", async ({ page }) => {
  await signIn(page, "manager");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Review" }).click();
  await expect(page).toHaveURL(new RegExp(`/review/${LAST_MONTH}$`));
  const number = page.getByRole("button", { name: /^Wake-ups: \d+\. Open the rows$/ });
  const wakeUps = Number(/: (\d+)\./.exec((await number.getAttribute("aria-label")) ?? "")?.[1]);
  expect(wakeUps).toBeGreaterThan(0);
  await number.click();
  await expect(page.getByRole("dialog").getByText(`shown of ${String(wakeUps)}`)).toBeVisible();
  await page.keyboard.press("Escape");

  const rules = page.getByRole("region", { name: "Rules by cost of noise" });
  await rules
    .getByRole("button", { name: /^Decide/ })
    .last()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Invest").check();
  await dialog.getByLabel("Owner").fill("Storefront team");
  await dialog.getByLabel("Due on").fill("2027-01-15");
  await dialog.getByLabel("Why").fill("Costs more than all others together.");
  await dialog.getByRole("button", { name: "Save decision" }).click();
  await expect(
    page.getByRole("region", { name: "Decisions" }).getByText("Costs more than all others together.").first(),
  ).toBeVisible();

  const token = demo().tokens.manager;
  const pdf = await fetch(`${demo().url}/api/v1/reports/noise/${LAST_MONTH}.pdf`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([pdf.status, pdf.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
});

test("every number of the month opens as many rows as it says", async () => {
  const headers = { authorization: `Bearer ${demo().tokens.manager}` };
  const base = `${demo().url}/api/v1/reports/noise/${LAST_MONTH}`;
  const { report } = (await (await fetch(base, { headers })).json()) as { report: { totals: Record<string, number> } };
  const figures = {
    fires: "fires",
    episodes: "episodes",
    pages: "pages",
    interrupts: "interrupts",
    wakeUps: "wake-ups",
    transient: "transient",
  };
  for (const [total, figure] of Object.entries(figures)) {
    const rows = (await (await fetch(`${base}/rows?figure=${figure}&limit=1`, { headers })).json()) as {
      total: number;
    };
    expect([figure, rows.total]).toEqual([figure, report.totals[total]]);
  }
});

test("support has no way to it: no entry, and the API says no", async ({ page }) => {
  await signIn(page, "support");
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Review" })).toHaveCount(0);
  await page.goto(`${demo().url}/review/${LAST_MONTH}`);
  await expect(page.getByText("Reading the monthly review is hidden for your role.")).toBeVisible();
  await page.goto(`${demo().url}/alerts`);
  await expect(page.getByText("The history of alerts is hidden for your role.")).toBeVisible();
});
