/** In, out, and back to where one wanted to go. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

function account(role: string): { email: string; password: string } {
  const found = demo().accounts.find((one) => one.role === role);
  if (!found) throw new Error(`the demo has no account for ${role}`);
  return found;
}

test("a wrong password is told kindly, without saying whether the address exists", async ({ page }) => {
  const told: (string | null)[] = [];
  for (const email of [account("manager").email, "nobody@example.com"]) {
    await page.goto(`${demo().url}/sign-in`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const problem = page.locator("main").getByRole("alert");
    await expect(problem).toHaveText(/E-mail or password is wrong/);
    told.push(await problem.textContent());
    await expect(page).toHaveURL(`${demo().url}/sign-in`);
    await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  }
  expect(told[0]).toBe(told[1]);
});

test("signing out ends the session: the pages behind it lead to sign-in again", async ({ page }) => {
  await signIn(page, "manager");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  for (const path of ["/", "/account/tokens", "/timeline?key=order:48192"]) {
    await page.goto(demo().url + path);
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByRole("heading", { name: "Sign in to Throughline" })).toBeVisible();
  }
  const answer = await page.request.get(`${demo().url}/api/v1/timeline?key=order:48192`);
  expect(answer.status()).toBe(401);
});

test("a link into the product survives signing in", async ({ page }) => {
  await page.goto(`${demo().url}/timeline?key=order:48192&errors=true`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("E-mail").fill(account("manager").email);
  await page.getByLabel("Password").fill(account("manager").password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/timeline\?key=order(:|%3A)48192&errors=true$/);
  await waitForAnswer(page);
  await expect(page.getByRole("option").first()).toBeVisible();
});

test("sign-in never leads off the site", async ({ page }) => {
  await page.goto(`${demo().url}/sign-in?next=${encodeURIComponent("//elsewhere.example/")}`);
  await page.getByLabel("E-mail").fill(account("manager").email);
  await page.getByLabel("Password").fill(account("manager").password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${demo().url}/`);
});
