/** A running incident: what happens appears by itself, at its place, without moving what is being read. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { pushLine } from "../support/push-line";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

// Looks of the program plus the time to draw: what the backend has is on the screen within this.
const SOON = { timeout: 5_000 };
const row = (page: Page, text: string): Locator => page.getByRole("option").filter({ hasText: text });

async function openLive(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 480 });
  await signIn(page, "engineer", "/timeline?key=order:48192&from=now-2h&live=1");
  await waitForAnswer(page);
  await expect(page.getByText(/as of \d+ s ago/)).toBeVisible();
}

test("a new record shows as a pill within five seconds, moves nothing, and is one press away", async ({ page }) => {
  await openLive(page);
  const read = page.getByRole("option").nth(3);
  await read.scrollIntoViewIfNeeded();
  const id = await read.getAttribute("id");
  const before = await read.boundingBox();
  const text = `courier scanned parcel ${String(Date.now())}`;
  await pushLine(text, Date.now());
  const pill = page.getByRole("button", { name: /\d+ new/ });
  await expect(pill).toBeVisible(SOON);
  expect(await page.locator(`[id="${id ?? ""}"]`).boundingBox()).toEqual(before);
  await pill.click();
  await expect(row(page, text)).toBeInViewport();
  await expect(pill).toBeHidden();
});

test("a record that arrives after later ones stands in its place and says so", async ({ page }) => {
  await openLive(page);
  const now = Date.now();
  const [later, earlier] = [`courier left depot ${String(now)}`, `courier took parcel ${String(now)}`];
  await pushLine(later, now);
  await page.keyboard.press("End");
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(row(page, later)).toBeInViewport({ timeout: 500 });
  }).toPass();
  await pushLine(earlier, now - 10_000);
  const late = row(page, earlier);
  await expect(late).toContainText("late", SOON);
  const place = async (one: Locator): Promise<number> => Number(await one.getAttribute("aria-posinset"));
  expect(await place(late)).toBeLessThan(await place(row(page, later)));
});

test("a cut connection is opened again and nothing is doubled", async ({ page }) => {
  let connections = 0;
  await page.route("**/api/v1/timeline?*", async (route) => {
    connections++;
    // The first rows of a real answer, cut off in the middle.
    if (connections > 1) return route.continue();
    const url = new URL(route.request().url());
    url.searchParams.delete("live");
    const body = await (await route.fetch({ url: url.href })).text();
    await route.fulfill({ contentType: "application/x-ndjson", body: body.slice(0, Math.floor(body.length / 2)) });
  });
  await openLive(page);
  expect(connections).toBeGreaterThan(1);
  const shown = await page.getByRole("option").first().getAttribute("aria-setsize");
  const ids = await page.getByRole("option").evaluateAll((options) => options.map((option) => option.id));
  expect(new Set(ids).size).toBe(ids.length);
  await page.goto(`${demo().url}/timeline?key=order:48192&from=now-2h`);
  await waitForAnswer(page);
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-setsize", shown ?? "");
});

test("L stops following, and a range that has ended says why it cannot be followed", async ({ page }) => {
  await openLive(page);
  await page.keyboard.press("L");
  await expect(page.getByRole("button", { name: "Live" })).toHaveAttribute("aria-pressed", "false");
  await expect(page).not.toHaveURL(/live=1/);
  const to = new Date(Date.now() - 600_000).toISOString();
  await page.goto(`${demo().url}/timeline?key=order:48192&from=now-2h&to=${to}&live=1`);
  await expect(page.getByText(/Live is off: this range ended at/)).toBeVisible();
});

test("one document cannot be live, and the answer says so", async ({ request }) => {
  const answer = await request.get(`${demo().url}/api/v1/timeline?key=order:48192&live=1`, {
    headers: { authorization: `Bearer ${demo().tokens.engineer}` },
  });
  expect(answer.status()).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "bad-request", field: "live" });
});
