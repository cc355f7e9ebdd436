/** Being signed in: where, how long, as what; and that nothing of it is left behind. */
import { expect, test, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { aPerson } from "../support/run-command";
import { signIn, signInAs } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const TIMELINE = "/timeline?key=order:48192&from=now-2h";

async function openTimeline(page: Page): Promise<void> {
  await page.goto(demo().url + TIMELINE);
  await waitForAnswer(page);
  await expect(page.getByRole("option").first()).toBeVisible();
}

async function chooseInMenu(page: Page, role: "menuitem" | "menuitemradio", name: string): Promise<void> {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole(role, { name }).click();
}

/** Everything that the browser still holds of the page. */
function remains(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const stored = [localStorage, sessionStorage].map((storage) => JSON.stringify({ ...storage }));
    const caches = await window.caches.keys();
    return [document.documentElement.outerHTML, ...stored, ...caches].join("\n");
  });
}

test("after signing out the Back button shows the sign-in page, in this tab and the others", async ({ page }) => {
  await signIn(page, "manager");
  const other = await page.context().newPage();
  await openTimeline(other);
  await openTimeline(page);
  const told = (await page.getByRole("option").first().innerText()).split("\n")[0] ?? "";
  expect(await remains(page)).toContain(told);
  await chooseInMenu(page, "menuitem", "Sign out");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("heading", { name: "Sign in to Throughline" })).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(0);
  await expect(other).toHaveURL(/\/sign-in/);
});

test("switching the role leaves nothing of what the former role was shown", async ({ page }) => {
  test.setTimeout(120_000);
  await signInAs(page, await aPerson("engineer,support"));
  await openTimeline(page);
  // What services are really called is for engineers.
  const names = ["order-service", "status-api", "admin-web"];
  const before = await remains(page);
  expect(names.filter((name) => before.includes(name))).toEqual(names);
  await chooseInMenu(page, "menuitemradio", "support");
  await expect(page.getByRole("button", { name: /^Account of/ })).toContainText("support");
  await waitForAnswer(page);
  const after = await remains(page);
  expect(names.filter((name) => after.includes(name))).toEqual([]);
});

test("sessions are listed, and one can be ended from another browser", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const person = await aPerson("support");
  const context = await browser.newContext();
  const other = await context.newPage();
  await signInAs(other, person);
  await signInAs(page, person);
  await chooseInMenu(page, "menuitem", "Signed in on");
  await expect(page).toHaveURL(/\/account\/sessions$/);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "this browser" })).toHaveCount(1);
  const end = page.getByRole("button", { name: /End session/ });
  await end.click();
  await page.getByRole("button", { name: /Really end/ }).click();
  await expect(rows).toHaveCount(2);
  await other.goto(`${demo().url}/`);
  await expect(other).toHaveURL(/\/sign-in/);

  await signInAs(other, person);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("button", { name: "Really sign out, here too" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await other.goto(`${demo().url}/account/sessions`);
  await expect(other).toHaveURL(/\/sign-in/);
  await context.close();
});

test("a fresh sign-in is asked for although one is signed in, and leads on", async ({ page }) => {
  await signIn(page, "engineer");
  await page.goto(`${demo().url}/sign-in?fresh=1&next=${encodeURIComponent("/account/tokens")}`);
  await expect(page.getByRole("heading", { name: "Confirm that it is you" })).toBeVisible();
  const password = demo().accounts.find(({ role }) => role === "engineer")?.password ?? "";
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page.locator("main").getByRole("alert")).toHaveText(/E-mail or password is wrong/);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page).toHaveURL(/\/account\/tokens$/);
});

test("a link that sets nothing up looks the same whatever the reason", async ({ page }) => {
  await page.goto(`${demo().url}/setup/${"a".repeat(43)}`);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
});
