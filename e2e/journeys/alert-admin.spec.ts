/** An admin gives a sender its path and secret, changes the secret without a gap, and uploads a file of the on-call tool. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

const fresh = (): string => `j${crypto.randomUUID().slice(0, 8)}`;

/** What a sender does: the answer's status. */
async function deliver(name: string, secret: string, receiver = "journey"): Promise<number> {
  const answer = await fetch(`${demo().url}/api/v1/webhooks/alertmanager/${name}`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ version: "4", receiver, alerts: [] }),
  });
  return answer.status;
}

test("an admin makes a hook, a sender uses it, and its secret is rotated without a gap", async ({ page }) => {
  const name = fresh();
  await signIn(page, "admin", "/admin/policy");
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Webhooks" }).click();
  await expect(page.getByText("provisioned").first()).toBeVisible();

  await page.getByRole("button", { name: "Make a hook" }).click();
  await page.getByLabel(/^Name/).fill(name);
  await page.getByRole("button", { name: "Make hook" }).click();
  const shown = page.getByRole("region", { name: "New secret" });
  const first = (await shown.locator("code").first().textContent()) ?? "";
  expect(first.length).toBeGreaterThan(30);
  await expect(shown.getByText(`throughline-${name}`).first()).toBeVisible();

  expect(await deliver(name, "wrong-secret-of-nobody")).toBe(401);
  expect(await deliver(name, first)).toBe(202);
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: `alertmanager/${name}` });
  await expect(row.getByRole("cell").nth(4)).toHaveText(/^[1-9]/);
  expect(await page.content()).not.toContain(first);

  await row.getByRole("button", { name: `alertmanager/${name}` }).click();
  await page.getByRole("button", { name: "Rotate secret" }).click();
  const second = (await shown.locator("code").first().textContent()) ?? "";
  expect(second).not.toBe(first);
  expect([await deliver(name, first, "old"), await deliver(name, second, "new")]).toEqual([202, 202]);

  await shown.getByRole("button", { name: "I have copied it" }).click();
  await row.getByRole("button", { name: `alertmanager/${name}` }).click();
  await page.getByRole("button", { name: "Drop old secret" }).click();
  await page.getByRole("button", { name: "Really drop it now" }).click();
  await expect(page.getByRole("dialog").getByText(/The old secret works until/)).toHaveCount(0);
  expect([await deliver(name, first), await deliver(name, second)]).toEqual([401, 202]);

  await page.getByRole("button", { name: "Delete hook" }).click();
  await page.getByRole("button", { name: "Really delete this hook" }).click();
  await expect(page.getByText("✓ Removed the hook.")).toBeVisible();
  expect(await deliver(name, second)).toBe(401);
});

test("an admin uploads a file of pages: wrong lines are named first, and nothing counts twice", async ({ page }) => {
  const ids = [fresh(), fresh(), fresh()];
  const person = `${fresh()}@demo.example`;
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const lines = ids.map((id, index) => `${id},${person},${index === 2 ? "yesterday" : at},JourneyAlert,push`);
  const file = {
    ...{ name: "pages.csv", mimeType: "text/csv" },
    buffer: Buffer.from(["id,person,at,alert,channel", ...lines].join("\n")),
  };
  await signIn(page, "admin", "/admin/on-call");
  await expect(page.getByRole("region", { name: "People who are paged" }).first()).toBeVisible();
  await page.getByLabel("CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByText("Nothing is written yet: 2 pages new, 0 already known, 1 line refused:")).toBeVisible();
  await expect(page.getByText(/line 4, at: Expected a time with zone/)).toBeVisible();
  await page.getByRole("button", { name: "Import 2 pages" }).click();
  await expect(page.getByText(/^✓ Imported: 2 pages new, 0 already known/)).toBeVisible();
  await expect(page.getByRole("button", { name: person })).toBeVisible();

  await page.getByLabel("CSV file").setInputFiles({ ...file, name: "again.csv" });
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByText("Nothing is written yet: 0 pages new, 2 already known, 1 line refused:")).toBeVisible();

  await page.getByRole("button", { name: person }).click();
  await page.getByLabel("Zone, such as Europe/Berlin").fill("Asia/Tokyo");
  await page.getByRole("button", { name: "Add clock" }).click();
  await expect(page.getByRole("button", { name: "Take back Asia/Tokyo always" })).toBeVisible();
});

test("who does not administer is told so on both pages", async ({ page }) => {
  await signIn(page, "manager");
  for (const place of ["webhooks", "on-call"]) {
    await page.goto(`${demo().url}/admin/${place}`);
    await expect(page.getByText(/Hidden for your role/)).toBeVisible();
  }
});
