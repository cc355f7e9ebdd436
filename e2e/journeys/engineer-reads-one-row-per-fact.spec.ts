/** One row per fact, and everything behind it one key away: in the list, in the link, in the account of all records. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const rows = (page: Page): Locator => page.getByRole("listbox", { name: /^Timeline,/ }).getByRole("option");
const standsForMore = (page: Page): Locator => rows(page).filter({ hasText: /, closed/ });

async function open(page: Page): Promise<void> {
  await signIn(page, "engineer", "/timeline?key=order:48192");
  await waitForAnswer(page);
}

test("the records behind a row appear beneath it, and a colleague with the link sees them too", async ({ page }) => {
  await open(page);
  const head = standsForMore(page).first();
  const id = (await head.getAttribute("id")) ?? "";
  await head.click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  const opened = page.locator(`[id="${id}"]`);
  await expect(opened).toContainText(", opened");
  await expect(page).toHaveURL(/[?&]open=/);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("option", { selected: true })).not.toHaveId(id);
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("option", { selected: true })).toHaveId(id);
  await page.reload();
  await waitForAnswer(page);
  await expect(opened).toContainText(", opened");
});

test("expanding all gives every record back: nothing stays collapsed", async ({ page }) => {
  await open(page);
  await expect(page.locator("footer")).toContainText(/[1-9]\d* collapsed/);
  await page.getByRole("button", { name: "expand all" }).click();
  await expect(page.locator("footer")).toContainText("· 0 collapsed · 0 hidden by filter");
});

test("a row that is taken out with a reason is gone, is listed, and comes back", async ({ page }) => {
  await open(page);
  const victim = rows(page).last();
  const id = (await victim.getAttribute("id")) ?? "";
  await victim.click();
  await page.getByRole("button", { name: "Unlink this row…" }).click();
  const dialog = page.getByRole("dialog", { name: "Unlink this row" });
  await dialog.getByRole("textbox").fill("belongs to a test run");
  await dialog.getByRole("button", { name: "Unlink row" }).click();
  await expect(page.locator(`[id="${id}"]`)).toHaveCount(0);
  await waitForAnswer(page);
  await page.getByRole("button", { name: /^Keys/ }).click();
  const unlinked = page.getByRole("region", { name: "Unlinked" });
  await expect(unlinked).toContainText("belongs to a test run");
  await unlinked.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.locator(`[id="${id}"]`)).toHaveCount(1);
});

test("a service of the map leaves its rows alone, and says so in the filter", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Services/ }).click();
  await page
    .getByRole("region", { name: "Service map" })
    .getByRole("button", { name: /status-api/ })
    .click();
  await expect(page).toHaveURL(/[?&]service=status-api/);
  await expect(page.getByRole("toolbar").getByRole("button", { name: /service: status-api/ })).toBeVisible();
  for (const text of await rows(page).allTextContents()) expect(text).toContain("status-api");
});
