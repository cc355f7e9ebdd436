/** Break-glass on screen: one class, one incident, for a while, seen by everybody; then it is gone. */
import { expect, test, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { pushPersonalLine } from "../support/push-personal-line";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

/** Opens the row that holds the address. */
async function openLine(page: Page, orderId: string): Promise<void> {
  await page.goto(`${demo().url}/timeline?key=order:${orderId}`);
  await waitForAnswer(page);
  await page
    .getByRole("option")
    .filter({ hasText: /address of the order/ })
    .click();
  await expect(page.getByRole("heading", { name: "Why is this here" })).toBeVisible();
}

test("an engineer reads personal data of one incident for a while, and of no other", async ({ page }) => {
  const run = Date.now() % 100_000;
  const orders = [String(500_000 + run), String(700_000 + run)] as const;
  const email = `anna.${String(run)}@example.com`;
  for (const order of orders) await pushPersonalLine(order, email, Date.now() - 60_000);
  await signIn(page, "engineer");
  await openLine(page, orders[0]);
  const panel = page.getByRole("complementary", { name: "Row detail" });
  await expect(panel).toContainText("stand-in name");
  await expect(panel).not.toContainText(email);

  await panel.getByRole("button", { name: "Reveal…" }).click();
  const dialog = page.getByRole("dialog");
  const reveal = dialog.getByRole("button", { name: "Reveal now" });
  await expect(reveal).toBeDisabled();
  await dialog.getByLabel("What").selectOption("personal");
  await dialog.getByLabel("Ticket").fill("SUP-7");
  await dialog.getByLabel(/^Why you need/).fill("The customer asks which address we hold.");
  await reveal.click();

  const banner = page.getByRole("region", { name: "Reveals", exact: true });
  await expect(banner).toContainText("You read personal data of this incident");
  await expect(banner).toContainText(/1[45]:\d\d left/);
  await expect(panel).toContainText(email);

  await openLine(page, orders[1]);
  await expect(panel).toContainText("stand-in name");
  await expect(panel).not.toContainText(email);
  await expect(page.getByRole("button", { name: /^End now/ })).toHaveCount(0);

  await openLine(page, orders[0]);
  await expect(panel).toContainText(email);
  await page.getByRole("button", { name: "End now personal data" }).click();
  await expect(panel).not.toContainText(email);
  await expect(page.getByRole("button", { name: /^End now/ })).toHaveCount(0);
});

test("a manager is told, and signs that it was looked at", async ({ page }) => {
  await signIn(page, "manager");
  await page
    .getByRole("link", { name: /Reveals/ })
    .first()
    .click();
  const unseen = page.getByRole("region", { name: "To look at" });
  const row = unseen.getByRole("row").filter({ hasText: "Erin Engineer" }).first();
  await expect(row).toContainText("The customer asks which address we hold.");
  const before = await unseen.getByRole("row").count();
  await row.getByRole("button", { name: /^I looked at it/ }).click();
  await expect
    .poll(() => page.getByRole("region", { name: "To look at" }).getByRole("row").count())
    .toBeLessThan(before);
  await expect(page.getByRole("region", { name: "This month" })).toContainText("at once");
});
