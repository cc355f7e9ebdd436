/** What a support agent gets is a story in plain sentences, and nothing else ever reaches the browser. */
import { expect, test, type Page } from "@playwright/test";
import { collectBodies, type CollectedBody } from "../support/collect-bodies";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

/** What an engineer reads and a support agent must not. */
const RAW = [/SchemaError/, /LogQL/, /\b[0-9a-f]{32}\b/, /status-api/] as const;

/** Through search, so that pages come as whole documents and as payloads of the router. */
async function investigate(page: Page, role: string): Promise<CollectedBody[]> {
  const bodies = collectBodies(page);
  await signIn(page, role);
  await page.getByRole("combobox", { name: "Search by id, link or log fragment" }).fill("order:48192");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/timeline\?/);
  await waitForAnswer(page);
  await page.keyboard.press("]");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Why is this here" })).toBeVisible();
  await page.goto(`${demo().url}/timeline?key=order:48192&row=none`);
  await waitForAnswer(page);
  return bodies();
}

test("support reads what happened in sentences", async ({ page }) => {
  await signIn(page, "support", "/timeline?key=order:48192");
  await waitForAnswer(page);
  const summary = page.getByRole("region", { name: "Summary" });
  for (const part of ["What happened", "Affected", "Not known"]) await expect(summary).toContainText(part);
  const rows = page.getByRole("listbox", { name: /^Timeline,/ });
  await expect(rows).toContainText("A support agent changed the shipping method to express");
  await expect(rows).toContainText("The order service saved the change.");
  // The other view does not exist for this role: there is nothing more to see.
  await expect(page.getByRole("button", { name: "Records" })).toHaveCount(0);
});

test("no body that reaches a support agent's browser holds raw text, queries, trace ids or service names", async ({
  page,
}) => {
  const bodies = await investigate(page, "support");
  const types = bodies.map((body) => body.contentType);
  for (const type of ["text/html", "text/x-component", "application/x-ndjson"]) {
    expect(
      types.some((one) => one.startsWith(type)),
      `a body of type ${type} was read`,
    ).toBe(true);
  }
  for (const body of bodies) {
    for (const pattern of RAW) {
      const found = pattern.exec(body.text);
      const around = found && body.text.slice(Math.max(0, found.index - 80), found.index + 80);
      expect(around, `${String(pattern)} in ${body.contentType} of ${body.url}`).toBeNull();
    }
  }
});

test("the same walk as an engineer does bring them, so their absence means something", async ({ page }) => {
  const bytes = (await investigate(page, "engineer")).map((body) => body.text).join("\n");
  for (const pattern of RAW) expect(pattern.test(bytes), `${String(pattern)} was found`).toBe(true);
});
