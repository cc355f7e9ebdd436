/** Taking a timeline along: three kinds of file, and paper. */
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

async function openTimeline(page: Page, role: string): Promise<void> {
  await signIn(page, role, "/timeline?key=order:48192");
  await waitForAnswer(page);
}

async function save(page: Page, item: RegExp, audience?: string): Promise<{ name: string; text: string }> {
  await page.getByRole("button", { name: "Export" }).press("Enter");
  if (audience !== undefined) await page.getByRole("menuitemradio", { name: `you and ${audience}` }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item }).press("Enter");
  const download = await saved;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

test("an engineer saves the timeline as Markdown, CSV and JSON", async ({ page }) => {
  await openTimeline(page, "engineer");
  const markdown = await save(page, /^Markdown/);
  expect(markdown.name).toMatch(/^timeline-\d{4}-\d\d-\d\d\.md$/);
  expect(markdown.text).toContain("# Timeline of order 48192");
  expect(markdown.text).toMatch(/As engineer may read it, policy /);
  expect(markdown.text).toContain("order document does not match the schema");
  const csv = await save(page, /^CSV/);
  expect(csv.text.startsWith("\ufeffrecord,id,time,")).toBe(true);
  expect(csv.text).toMatch(/\r\ncompleteness,/);
  const json = await save(page, /^JSON/);
  expect(JSON.parse(json.text)).toMatchObject({ query: { role: "engineer", keys: ["order:48192"] } });
});

test("a file for support holds nothing that support may not read, whoever saves it", async ({ page }) => {
  await openTimeline(page, "engineer");
  const { text } = await save(page, /^Markdown/, "support");
  expect(text).toMatch(/As engineer and support both may read it/);
  expect(text).toContain("The order service saved the change.");
  for (const pattern of [/does not match the schema/, /\b[0-9a-f]{32}\b/, /status-api/])
    expect(text).not.toMatch(pattern);
});

test("paper holds the whole timeline, light, with what each page is part of", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await openTimeline(page, "support");
  await page.getByRole("button", { name: "Export" }).press("Enter");
  const opened = page.waitForEvent("popup");
  await page.getByRole("menuitem", { name: /^Print/ }).click();
  const paper = await opened;
  await expect(paper.getByRole("heading", { name: "Timeline of order 48192" })).toBeVisible();
  await expect(paper).toHaveTitle("Timeline for print · Throughline");
  await expect(paper.getByRole("columnheader", { name: "What" })).toBeVisible();
  await expect(paper.getByRole("row").filter({ hasText: "The order service saved the change." })).toBeVisible();
  await expect(paper.locator("thead")).toContainText("as support may read it, policy");
  await paper.evaluate(() => {
    window.print = () => document.body.setAttribute("data-printed", "yes");
  });
  await paper.getByRole("button", { name: "Print or save as PDF" }).click();
  await expect(paper.locator("body")).toHaveAttribute("data-printed", "yes");
  await paper.emulateMedia({ media: "print" });
  await expect(paper.getByRole("button", { name: "Print or save as PDF" })).toBeHidden();
});

test("roles that may not export are offered none", async ({ page }) => {
  await openTimeline(page, "admin");
  await expect(page.getByRole("button", { name: "Share" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Export" })).toHaveCount(0);
});
