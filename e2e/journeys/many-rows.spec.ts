/** Fifty thousand rows: the page draws only what is seen, reaches the end, and keeps the reader's place while rows arrive. */
import { expect, test, type Page } from "@playwright/test";
import { manyRowsStream } from "@/bench/many-rows-stream";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

const ROWS = 50_000;

async function open(page: Page): Promise<void> {
  await signIn(page, "engineer");
  const body = manyRowsStream(ROWS);
  await page.route("**/api/v1/timeline?*", (route) => route.fulfill({ contentType: "application/x-ndjson", body }));
  await page.goto(`${demo().url}/timeline?key=order:48192`);
  await expect(page.getByText(`${ROWS.toLocaleString("en")} of ${ROWS.toLocaleString("en")} rows`)).toBeVisible();
}

test("draws a screenful of 50,000 rows and reaches the last one", async ({ page }) => {
  await open(page);
  expect(await page.getByRole("option").count()).toBeLessThan(120);
  await page.keyboard.press("]");
  await page.getByRole("option").first().scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("*")) {
      if (element.scrollHeight > 100_000 && getComputedStyle(element).overflowY !== "visible")
        element.scrollTop = element.scrollHeight;
    }
  });
  await expect(page.getByText(`line number ${String(ROWS - 1)}`)).toBeVisible();
  expect(await page.getByRole("option").count()).toBeLessThan(120);
});
