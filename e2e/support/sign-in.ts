/** Signs a role in through the page, as a person does. */
import { expect, type Page } from "@playwright/test";
import { demo } from "./demo";

export async function signIn(page: Page, role: string): Promise<void> {
  const account = demo().accounts.find((one) => one.role === role);
  if (!account) throw new Error(`the demo has no account for ${role}`);
  await signInAs(page, account);
}

export async function signInAs(page: Page, account: { email: string; password: string }): Promise<void> {
  const { url } = demo();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${url}/`);
}
