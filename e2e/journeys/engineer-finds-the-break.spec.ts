/** The main promise, without a mouse: from an order number to the exception, its proof and back. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const rows = (page: Page): Locator => page.getByRole("listbox", { name: /^Timeline,/ }).getByRole("option");
const cursor = (page: Page): Locator => page.getByRole("option", { selected: true });
const panel = (page: Page): Locator => page.getByRole("complementary", { name: "Row detail" });

async function searchByKeyboard(page: Page, text: string): Promise<void> {
  // The keys answer once the page is alive: press until the box has the focus.
  const box = page.getByRole("combobox", { name: "Search by id, link or log fragment" });
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(box).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type(text);
  await expect(page.getByRole("option", { name: /order\s*48192/ })).toBeVisible();
  await page.keyboard.press("Enter");
}

async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the element cannot be reached with the tab key");
}

test("an order number typed into the search leads to the failing row and its proof, by keyboard alone", async ({
  page,
}) => {
  await signIn(page, "engineer");
  const streamed = page.waitForResponse((response) => response.url().includes("/api/v1/timeline?"));
  await searchByKeyboard(page, "#48192");
  await expect(page).toHaveURL(/\/timeline\?key=order(:|%3A)48192/);
  expect((await streamed).headers()["content-type"]).toBe("application/x-ndjson");
  await expect(rows(page).first()).toBeVisible();
  await waitForAnswer(page);
  expect(await rows(page).count()).toBeGreaterThan(10);

  const findings = page.getByRole("region", { name: "Findings" });
  await expect(findings).toContainText("First symptom");
  await expect(findings).toContainText("Preceded by");

  await page.keyboard.press("]");
  await expect(cursor(page)).toHaveCount(1);
  await expect(cursor(page)).toContainText("error");
  await expect(cursor(page)).toBeInViewport();
  const first = await cursor(page).getAttribute("id");
  await page.keyboard.press("]");
  await expect(cursor(page)).not.toHaveId(first ?? "");
  await page.keyboard.press("[");
  await expect(cursor(page)).toHaveId(first ?? "");
  // Moving the cursor opens nothing.
  await expect(panel(page)).toHaveCount(0);

  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { name: "Why is this here" })).toBeVisible();
  await expect(panel(page)).toContainText("order:48192");
  await expect(
    panel(page)
      .getByRole("button", { name: /^Copy (LogQL|TraceQL|HTTP|PromQL) query$/ })
      .first(),
  ).toBeVisible();
  await expect(panel(page).locator("pre").filter({ hasText: "48192" }).first()).toBeVisible();
  expect(await panel(page).locator("dl dt").count()).toBeGreaterThan(5);

  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(cursor(page)).toHaveId(first ?? "");
});

test("a reload, or a colleague with the link, sees the same row with its detail open", async ({ page }) => {
  await signIn(page, "engineer", "/timeline?key=order:48192");
  await waitForAnswer(page);
  await page.keyboard.press("]");
  await page.keyboard.press("o");
  await expect(panel(page)).toBeVisible();
  const heading = await panel(page).getByRole("heading", { level: 2 }).innerText();
  const row = await cursor(page).getAttribute("id");
  await expect(page).toHaveURL(/[?&]row=[^&]+/);
  await expect(page).toHaveURL(/[?&]detail=true/);
  await page.reload();
  await waitForAnswer(page);
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(heading);
  await expect(cursor(page)).toHaveId(row ?? "");
  await expect(cursor(page)).toBeInViewport();
});

test("the errors-only filter leaves failed rows and says how many are hidden", async ({ page }) => {
  await signIn(page, "engineer", "/timeline?key=order:48192");
  await waitForAnswer(page);
  const all = await page.getByRole("listbox", { name: /^Timeline,/ }).getAttribute("aria-label");
  await tabTo(page, page.getByRole("button", { name: "errors only" }));
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/[?&]errors=true/);
  await expect(page.getByRole("listbox", { name: /^Timeline,/ })).not.toHaveAttribute("aria-label", all ?? "");
  const texts = await rows(page).allTextContents();
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) expect(text).toMatch(/error$/);
  await expect(page.locator("footer")).toContainText(/[1-9]\d* hidden by filter/);
});

test("the question mark shows every key and escape closes the help only", async ({ page }) => {
  await signIn(page, "engineer", "/timeline?key=order:48192");
  await waitForAnswer(page);
  await page.keyboard.press("]");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toContainText("Next error");
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(cursor(page)).toHaveCount(1);
});
