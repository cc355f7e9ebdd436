/** An admin connects a source, tests it and takes it away again; its token never comes back to the browser. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

const TOKEN = "glsa_zqcanary8";

test("an admin connects a source, whose token never comes back", async ({ page }) => {
  const name = `j${crypto.randomUUID().slice(0, 8)}`;
  await signIn(page, "admin");
  const answers: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/v1/sources")) answers.push(response.text().catch(() => ""));
  });
  await page.goto(`${demo().url}/admin/sources`);
  await expect(page.getByRole("heading", { name: "Sources" })).toBeVisible();
  await expect(page.getByText("provisioned").first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "cron monitors" }).getByText("✓ answered")).toBeVisible();

  await page.getByRole("link", { name: "Connect a source" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  // Reserved for documentation: nobody answers there.
  await page.getByLabel("Address").fill("https://192.0.2.1");
  await page.getByRole("textbox", { name: "Token" }).fill(TOKEN);
  await page.getByRole("button", { name: "Connect source" }).click();
  await expect(page.getByText("Expected a public address.")).toBeVisible();
  await page.getByLabel("Address").fill("https://loki.invalid");
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText(/could not be reached/)).toBeVisible();
  await page.getByRole("button", { name: "Connect source" }).click();
  await expect(
    page
      .getByRole("row")
      .filter({ hasText: `loki/${name}` })
      .getByText("● token set"),
  ).toBeVisible();

  // The list is there before the way to the new source is.
  await expect(page).toHaveURL(/[?&]source=/);
  await page.reload();
  await expect(page.getByRole("button", { name: "Replace token" })).toBeVisible();
  expect(await page.content()).not.toContain("canary");
  expect((await Promise.all(answers)).join()).not.toContain("canary");

  await page.getByRole("button", { name: "Remove source" }).click();
  await page.getByRole("button", { name: `Remove loki/${name}` }).click();
  await expect(page.getByText("✓ Removed the source.")).toBeVisible();
});

test("who does not administer is told so", async ({ page }) => {
  await signIn(page, "engineer", "/admin/sources");
  await expect(page.getByText(/Hidden for your role/)).toBeVisible();
});
