/** The pages keep to their own content security policy: nothing is blocked, nothing is reported. */
import { expect, test, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

/** Fills with one line per violation, across navigations. */
async function watchViolations(page: Page): Promise<string[]> {
  const seen: string[] = [];
  await page.exposeFunction("reportViolation", (line: string) => seen.push(line));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const line = `${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`;
      // @ts-expect-error -- exposed by the test above
      window.reportViolation(line);
    });
  });
  return seen;
}

test("no page violates the content security policy", async ({ page }) => {
  const { url } = demo();
  const seen = await watchViolations(page);
  await signIn(page, "engineer");
  await page.goto(`${url}/timeline?key=order:48192`);
  await waitForAnswer(page);
  // The charts and the dialogs load and style themselves late.
  await page.getByRole("region", { name: "Metrics" }).getByRole("button").first().click();
  await expect(page.locator("svg.recharts-surface").first()).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("]");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Row detail" })).toBeVisible();
  await page.goto(`${url}/account/tokens`);
  await expect(page.getByRole("region", { name: "Your tokens" })).toBeVisible();
  await page.goto(`${url}/timeline?key=order:99999999`);
  await waitForAnswer(page);
  expect(seen).toEqual([]);
});

test("a picture from elsewhere and a script inside an attribute are blocked and noticed", async ({ page }) => {
  const seen = await watchViolations(page);
  await page.goto(`${demo().url}/sign-in`);
  await page.evaluate(() => {
    const picture = `<img src="https://elsewhere.example/x.png" onerror="document.title = 'ran'">`;
    document.body.insertAdjacentHTML("beforeend", picture);
  });
  await expect.poll(() => seen.join("\n")).toContain("img-src");
  await expect.poll(() => seen.join("\n")).toContain("script-src-attr");
  expect(await page.title()).not.toBe("ran");
});
