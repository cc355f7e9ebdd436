/** "Nothing found" is an answer only with the list of who was asked and for which time. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const QUESTION = "/timeline?key=order:99999999&from=2026-01-05T10:00:00Z&to=2026-01-05T11:00:00Z";

test("an order that nobody recorded gives an empty state that names the sources and the range", async ({ page }) => {
  await signIn(page, "engineer", "/timeline?key=order:99999999");
  await waitForAnswer(page);
  await expect(page.getByRole("heading", { name: "No record carries this key in this range" })).toBeVisible();
  await expect(page.getByText(/^Asked for .* with the engineer role: .*logs.*traces/)).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(0);
});

test("the range that was searched stands beside the empty answer", async ({ page }) => {
  await signIn(page, "support");
  await page.goto(demo().url + QUESTION);
  await waitForAnswer(page);
  const empty = page.getByRole("heading", { name: "No record carries this key in this range" }).locator("..");
  await expect(empty).toContainText("2026-01-05");
  await expect(empty).toContainText("10:00");
  await expect(empty).toContainText("11:00");
  await expect(empty).toContainText("UTC");
});

test("a question that cannot be asked says so and is not shown as empty", async ({ page }) => {
  await signIn(page, "engineer", "/timeline?key=nonsense:1");
  await expect(page.getByRole("heading", { name: "This question cannot be asked" })).toBeVisible();
  await expect(page.getByText("No record carries this key")).toHaveCount(0);
});
