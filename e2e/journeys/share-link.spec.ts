/** An engineer shares, a support agent opens and sees a support agent's view, the engineer revokes, the link is dead. */
import { expect, test, type Page } from "@playwright/test";
import { collectBodies } from "../support/collect-bodies";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const RAW = [/SchemaError/, /LogQL/, /\b[0-9a-f]{32}\b/, /status-api/] as const;

async function makeLink(page: Page): Promise<string> {
  await page.goto(`${demo().url}/timeline?key=order:48192`);
  await waitForAnswer(page);
  await page.getByRole("button", { name: "Share" }).press("Enter");
  await page.getByRole("menuitem", { name: /Create a link that ends/ }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Create a link that ends" });
  await dialog.getByLabel("Ends after").selectOption({ label: "1 hour" });
  await dialog.getByRole("button", { name: "Create link" }).click();
  const address = await dialog.getByText(/\/shared\//).innerText();
  await dialog.getByRole("button", { name: "Done" }).click();
  return address.trim();
}

test("what an engineer shares, support opens as support, until it is revoked", async ({ page, browser }) => {
  await signIn(page, "engineer");
  const address = await makeLink(page);
  expect(new URL(address).pathname).toMatch(/^\/shared\/[\w-]{32}$/);

  const context = await browser.newContext();
  const reader = await context.newPage();
  // A stranger, or what fetches previews for chats, learns that there is a sign-in.
  const preview = await context.request.get(address, { maxRedirects: 0 });
  expect([preview.status(), await preview.text()]).toEqual([307, expect.stringMatching(/^(\/sign-in\S*)?$/)]);
  await signIn(reader, "support");
  const bodies = collectBodies(reader);
  const response = await reader.goto(address);
  expect(response?.headers()["referrer-policy"]).toBe("no-referrer");
  await waitForAnswer(reader);
  await expect(reader).toHaveTitle("Shared timeline · Throughline");
  await expect(reader.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText("Shared with you: order 48192");
  await expect(reader.getByRole("listbox", { name: /^Timeline,/ })).toContainText(
    "The order service saved the change.",
  );
  for (const name of ["Share", "Export", "Live"]) await expect(reader.getByRole("button", { name })).toHaveCount(0);
  expect(reader.url()).not.toContain("48192");
  for (const body of await bodies()) {
    expect(body.url).not.toContain("48192");
    for (const pattern of RAW) expect(pattern.exec(body.text), `${String(pattern)} in ${body.url}`).toBeNull();
  }

  await page.goto(`${demo().url}/account/links`);
  const row = page.getByRole("row").filter({ hasText: new URL(address).pathname.slice(8, 14) });
  await expect(row).toContainText("order:48192");
  await expect(row).toContainText(/[1-9]\d*×/);
  const revoke = row.getByRole("button", { name: /revoke/i });
  await revoke.press("Enter");
  await revoke.press("Enter");
  await expect(row).toContainText(/revoked \d{4}-/);

  const dead = await reader.goto(address);
  const never = await context.request.get(address.replace(/.{32}$/, "A".repeat(32)));
  expect(dead?.status()).toBe(never.status());
  await expect(reader.getByRole("heading", { name: "This link cannot be opened" })).toBeVisible();
  await context.close();
});
