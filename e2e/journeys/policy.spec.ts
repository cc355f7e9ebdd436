/** An admin drafts a policy with an incident beside it, publishes it, and goes back. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

test("an admin sees what a draft changes, publishes it with a note, and goes back", async ({ page }) => {
  await signIn(page, "admin", "/admin/policy");
  await page.getByLabel("infrastructure for support", { exact: true }).selectOption("bucket");
  await expect(page.getByText("support is granted bucket of class infrastructure.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish policy…" })).toBeDisabled();
  await page.getByLabel("infrastructure for support", { exact: true }).selectOption("absent");
  await page.getByLabel("personal for support", { exact: true }).selectOption("absent");
  await expect(page.getByText("support: personal was mask, and becomes absent.")).toBeVisible();

  await page.getByLabel("Ids of the incident").fill(demo().keys[0] ?? "");
  await page.getByLabel("Range").selectOption("now-24h");
  await page.getByRole("button", { name: "Show incident" }).click();
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByText("‹text shown›").first()).toBeVisible({ timeout: 30_000 });

  // Unsaved work is not lost by a stray click.
  let asked = "";
  page.once("dialog", (dialog) => {
    asked = dialog.message();
    void dialog.dismiss();
  });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Search" }).click();
  expect(asked).toContain("the policy are not saved");

  await page.getByRole("button", { name: "Publish policy…" }).click();
  await page.getByLabel("Why").fill("support needs no contact data");
  await page.getByRole("button", { name: "Publish policy", exact: true }).click();
  await expect(page.getByText(/Published v\d+\. It counts from the next answer on/)).toBeVisible();
  await expect(page.getByText("support needs no contact data")).toBeVisible();

  await page.getByLabel("personal for support", { exact: true }).selectOption("mask");
  await page.getByRole("button", { name: "Publish policy…" }).click();
  await page.getByLabel("Why").fill("they do after all");
  await page.getByRole("button", { name: "Publish policy", exact: true }).click();
  await expect(page.getByText("they do after all")).toBeVisible();
});

test("another role is told that the page is not for it", async ({ page }) => {
  await signIn(page, "support", "/admin/policy");
  await expect(page.getByText("Hidden for your role (support)")).toBeVisible();
});
