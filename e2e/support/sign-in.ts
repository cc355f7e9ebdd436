/** Signs a role in through the page, as a person does. */
import { expect, type Cookie, type Page } from "@playwright/test";
import { demo } from "./demo";

/** Sessions of earlier tests: how one signs in has journeys of its own, and needs not be told before every other one. */
const kept = new Map<string, { readonly cookies: Cookie[]; readonly at: number }>();
/** Well inside the time for which a sign-in counts as recent. */
const KEPT_MS = 5 * 60_000;

/** On the page of `path` as somebody of this role, signed in at most five minutes ago. */
export async function signIn(page: Page, role: string, path = "/"): Promise<void> {
  const { url, accounts } = demo();
  const session = kept.get(role);
  if (session && Date.now() - session.at < KEPT_MS) {
    await page.context().addCookies(session.cookies);
    await page.goto(url + path);
    if (new URL(page.url()).pathname !== "/sign-in") return;
  }
  const account = accounts.find((one) => one.role === role);
  if (!account) throw new Error(`the demo has no account for ${role}`);
  await signInAs(page, account);
  kept.set(role, { cookies: await page.context().cookies(), at: Date.now() });
  if (path !== "/") await page.goto(url + path);
}

export async function signInAs(page: Page, account: { email: string; password: string }): Promise<void> {
  const { url } = demo();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${url}/`);
}
