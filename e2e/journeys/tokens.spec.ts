/** A token's whole life: shown once, used, revoked, refused. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

test("a token is shown once, works against the API, and stops working when it is revoked", async ({ page }) => {
  const { url } = demo();
  const name = `journey ${crypto.randomUUID()}`;
  await signIn(page, "engineer");
  await page.goto(`${url}/account/tokens`);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText("It is not shown again")).toBeVisible();
  const token = await page.locator("code").innerText();
  expect(token.length).toBeGreaterThan(20);

  const ask = async (bearer: string): Promise<number> => {
    const headers = { authorization: `Bearer ${bearer}`, accept: "application/json" };
    return (await fetch(`${url}/api/v1/timeline?key=order:48192`, { headers })).status;
  };
  expect(await ask(token)).toBe(200);
  expect(await ask(`${token}x`)).toBe(401);

  await page.reload();
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain(token);

  const revoke = row.getByRole("button", { name: /revoke/i });
  await revoke.click();
  await expect(revoke).toHaveAccessibleName(/Really revoke/);
  expect(await ask(token)).toBe(200);
  await revoke.click();
  await expect(row).toContainText(/revoked \d{4}-/);
  await expect.poll(() => ask(token)).toBe(401);
});
