/** An admin teaches Throughline a new kind of id, and the next question knows it. Others read and try, or nothing at all. */
import { expect, test, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

const ANSWER = /\d+ found by this rule, \d+ by others/;

async function openRules(page: Page, query = ""): Promise<void> {
  await page.goto(`${demo().url}/admin/keys${query}`);
  await expect(page.getByRole("heading", { name: "Key rules" })).toBeVisible();
}

/** Status and number of rows of a question. */
async function ask(key: string): Promise<{ status: number; rows: number }> {
  const headers = { authorization: `Bearer ${demo().tokens.engineer}` };
  const response = await fetch(`${demo().url}/api/v1/timeline?key=${encodeURIComponent(key)}&from=now-6h`, { headers });
  const body: unknown = await response.json();
  const rows = typeof body === "object" && body !== null && "events" in body ? body.events : [];
  return { status: response.status, rows: Array.isArray(rows) ? rows.length : 0 };
}

test("an admin makes a rule, tries it on a line, saves it, and the next question uses it", async ({ page }) => {
  const name = `journey ${crypto.randomUUID().slice(0, 8)}`;
  const kind = `sku-${crypto.randomUUID().slice(0, 8)}`;
  expect((await ask(`${kind}:48192X`)).status).toBe(400);
  await signIn(page, "admin");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Admin" }).click();
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Key rules" }).click();
  await page.getByRole("link", { name: "New rule" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Kind").fill(kind);
  await page.getByLabel("Attribute names").fill("sku");
  await page.getByLabel("What a value looks like").fill("[0-9]{4,8}[A-Z]");
  await page.getByLabel("Prefixes to drop").fill("SKU-");
  await page.getByLabel("Case of letters").selectOption("upper");

  await page.getByLabel("Try it on lines").fill('level=info msg="reserved" sku=sku-48192x\nsku=none');
  await expect(page.getByText("1 found by this rule")).toBeVisible();
  await expect(page.locator("mark").first()).toHaveText("sku-48192x");
  await expect(page.getByText(`${kind}:48192X`)).toBeVisible();
  await expect(page.getByText(/none.*was not taken: The value does not match/)).toBeVisible();

  await page.getByRole("button", { name: "Save rule" }).click();
  await expect(page.getByText(`Saved “${name}”`)).toBeVisible();
  await expect(page).toHaveURL(/rule=journey/);
  const answer = await ask(`${kind}:SKU-48192x`);
  expect(answer.status).toBe(200);
  expect(answer.rows).toBeGreaterThan(0);

  await page.getByRole("button", { name: "Remove rule" }).click();
  await page.getByRole("button", { name: "Really remove rule" }).click();
  await expect(page.getByRole("navigation", { name: "Key rules" }).getByText(name)).toHaveCount(0);
  expect((await ask(`${kind}:48192X`)).status).toBe(400);
});

test("a bad pattern is refused with the reason while it is typed", async ({ page }) => {
  await signIn(page, "admin");
  await openRules(page, "?rule=order%20id");
  await page.getByLabel("Text patterns").fill("order ([0-9]+)\norder (?=ORD)([0-9]+)");
  await expect(page.getByText("Entry 2: Expected an RE2 pattern: RE2 has no lookahead")).toBeVisible();
  await page.getByLabel("Text patterns").fill("order [0-9]+");
  await expect(page.getByText(/Expected a group around the id/)).toBeVisible();
  await page.getByRole("button", { name: "Replace built-in rule" }).click();
  await expect(page.getByText(/Expected a group around the id/)).toBeVisible();
  // Unsaved work is not lost by a stray click.
  let asked = "";
  page.once("dialog", (dialog) => {
    asked = dialog.message();
    void dialog.dismiss();
  });
  await page.getByRole("navigation", { name: "Key rules" }).getByText("ticket id").click();
  expect(asked).toContain("not saved");
  await expect(page).toHaveURL(/rule=order/);
});

test("an engineer reads and tries rules and cannot change them, on the page and over the API", async ({ page }) => {
  await signIn(page, "engineer");
  await openRules(page, "?rule=order%20id");
  await expect(page.getByLabel("Name", { exact: true })).not.toBeEditable();
  await expect(page.getByRole("button", { name: /Save|Replace|Remove/ })).toHaveCount(0);
  await page.getByLabel("Try it on lines").fill("order #48192 saved");
  await expect(page.getByText(ANSWER)).toBeVisible();
  await expect(page.getByText("order:48192", { exact: true })).toBeVisible();
  const call = async (token: string, method: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ name: "mine", kind: "order", attributes: ["mine"] });
    const init = method === "GET" ? { headers } : { method, headers, body };
    return (await fetch(`${demo().url}/api/v1/key-rules`, init)).status;
  };
  const { engineer, support } = demo().tokens;
  expect(await call(engineer, "GET")).toBe(200);
  expect(await call(engineer, "POST")).toBe(403);
  expect(await call(support, "GET")).toBe(403);
});

test("a support agent is told that the page is not for the role", async ({ page }) => {
  await signIn(page, "support");
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Admin" })).toHaveCount(0);
  await openRules(page);
  await expect(page.getByText("Hidden for your role (support)")).toBeVisible();
});

test("a rule must not open fields that hold no ids, and nobody overwrites what they did not see", async () => {
  const call = async (method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> => {
    const headers = { authorization: `Bearer ${demo().tokens.admin}`, "content-type": "application/json" };
    const init = body ? { method, headers, body: JSON.stringify(body) } : { method, headers };
    const response = await fetch(`${demo().url}/api/v1/key-rules${path}`, init);
    return { status: response.status, body: response.status === 204 ? null : await response.json() };
  };
  const rule = { name: `api ${crypto.randomUUID()}`, kind: "parcel", attributes: ["parcel.id"] };
  const opened = await call("POST", "", { ...rule, attributes: ["parcel.id", "user.email"] });
  expect(opened).toMatchObject({ status: 400, body: { field: "attributes.1" } });
  expect(await call("POST", "", { ...rule, padTo: [99] })).toMatchObject({
    status: 400,
    body: { field: "padTo.0", detail: "Expected 2 to 32 digits." },
  });
  const made = await call("POST", "", rule);
  expect(made.status).toBe(201);
  expect(await call("POST", "", rule)).toMatchObject({ status: 409, body: { field: "name", code: "conflict" } });
  const id = (made.body as { id: string }).id;
  expect(await call("PUT", `/${id}`, { rule: { ...rule, words: ["parcel"] }, version: 1 })).toMatchObject({
    status: 200,
    body: { version: 2 },
  });
  expect(await call("PUT", `/${id}`, { rule, version: 1 })).toMatchObject({ status: 409 });
  expect(await call("DELETE", `/${id}?version=1`)).toMatchObject({ status: 409 });
  expect(await call("DELETE", `/${id}?version=2`)).toMatchObject({ status: 204 });
});
