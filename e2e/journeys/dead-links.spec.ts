/** A link that opens nothing says so by its status too, and not only by the words of its page. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

test("a shared link that never was is answered 404 with its own words", async ({ page }) => {
  await signIn(page, "engineer");
  const answer = await page.goto(`${demo().url}/shared/nothing`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link cannot be opened" })).toBeVisible();
});

test("a set-up link that never was is answered 404 to a stranger", async ({ page }) => {
  const answer = await page.goto(`${demo().url}/setup/nothing`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading")).toBeVisible();
});

test("a page that exists is answered 200", async ({ page }) => {
  expect((await page.goto(`${demo().url}/sign-in`))?.status()).toBe(200);
});
