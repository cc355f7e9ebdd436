/** From a failing row to its whole trace and back, by keyboard; and nothing of it for who reads no trace ids. */
import { expect, test, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const FAILING_SPAN = "decode order document";

async function openPanel(page: Page): Promise<void> {
  await page.goto(`${demo().url}/timeline?key=order:48192`);
  await waitForAnswer(page);
  await page.getByRole("option").filter({ hasText: FAILING_SPAN }).click();
}
const tree = (page: Page) => page.getByRole("tree", { name: /^Spans of trace/ });

test("an engineer opens the trace of a row in full, reads a span's errors beneath it, and comes back", async ({
  page,
}) => {
  await signIn(page, "engineer");
  await openPanel(page);
  await expect(tree(page).getByRole("treeitem", { selected: true })).toContainText(FAILING_SPAN);
  await page.getByRole("button", { name: "Open trace full screen" }).click();
  await expect(page).toHaveURL(/[?&]trace=[0-9a-f]{32}/);
  await expect(tree(page)).toBeFocused();

  const lines = tree(page).getByRole("treeitem");
  const spans = await lines.count();
  await page.keyboard.press("l");
  await expect(lines).not.toHaveCount(spans);
  await expect(lines.filter({ hasText: "SchemaError" }).first()).toBeVisible();
  await page.keyboard.press("p");
  await expect(lines).toHaveCount(1);
  await page.keyboard.press("o");
  await expect(lines.nth(1)).toBeVisible();

  // Back by layers: the detail beside it, then the trace.
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Row detail" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary", { name: "Row detail" })).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(tree(page)).toHaveCount(0);
  await expect(page.getByRole("listbox", { name: /^Timeline,/ })).toBeVisible();
});

test("a shared run says how many records of others it leaves out", async ({ page }) => {
  await signIn(page, "engineer", "/timeline?key=order:48192");
  await waitForAnswer(page);
  await page.getByRole("option").filter({ hasText: "nightly-import run" }).click();
  await expect(page.getByText(/This run also served others: [\d,]+ records of theirs are left out/)).toBeVisible();
});

test("a link to a trace shows a support agent the story and nothing of the trace", async ({ page }) => {
  await signIn(page, "engineer");
  await openPanel(page);
  await page.getByRole("button", { name: "Open trace full screen" }).click();
  await expect(page).toHaveURL(/trace=/);
  const link = page.url();
  await page.context().clearCookies();
  await signIn(page, "support");
  await page.goto(link);
  await waitForAnswer(page);
  await expect(tree(page)).toHaveCount(0);
  await expect(page.getByText("What happened", { exact: true }).first()).toBeVisible();
});
