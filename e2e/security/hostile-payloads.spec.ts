/**
 * Two hundred hostile texts in every field of a record, names of labels too, in a real browser: nothing runs, nothing is
 * asked of anybody else, no element comes out of a text, and what is there can be read.
 */
import { expect, type Page } from "@playwright/test";
import { signedIn } from "./support/ask";
import { ROLES, test } from "./support/estate";
import { HOSTILE_TEXTS } from "./support/hostile-texts";

test.describe.configure({ mode: "serial", timeout: 240_000 });

interface Watched {
  readonly violations: string[];
  readonly dialogs: string[];
  readonly elsewhere: string[];
}

async function watch(page: Page, url: string): Promise<Watched> {
  const seen: Watched = { violations: [], dialogs: [], elsewhere: [] };
  page.on("dialog", (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && !/^(data|blob):$/.test(protocol)) seen.elsewhere.push(request.url());
  });
  await page.exposeFunction("reportViolation", (line: string) => seen.violations.push(line));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      // @ts-expect-error -- exposed by the test above
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return seen;
}

/** What only a text that became markup could have made. */
const MADE =
  "[data-zqhostile], [onerror], [onload], [onclick], iframe, object, embed, base, a[href^='javascript'], a[href^='data']";

test("the texts are many and different", () => {
  expect(new Set(HOSTILE_TEXTS).size).toBeGreaterThanOrEqual(200);
});

test("they are in the records", ({ estate }) => {
  HOSTILE_TEXTS.forEach((text, n) => {
    const fields = { [`weird_${String(n)}`]: text, trace_state: text, user_email: text };
    estate.addLine(`level=error order_id=48192 n=${"x".repeat(1 + (n % 7))} ${text}`, { order_id: "48192", ...fields });
    estate.addLine(
      JSON.stringify({
        level: "error",
        msg: text,
        order_id: 48192,
        [text.slice(0, 80)]: text,
        deep: { [text.slice(0, 40)]: [text] },
      }),
    );
  });
});

for (const role of ROLES.filter((one) => one === "engineer" || one === "support" || one === "admin")) {
  test(`nothing runs for ${role}, in the list, in the panel and on paper`, async ({ estate, browser }) => {
    const context = await signedIn(browser, estate, role);
    const page = await context.newPage();
    const seen = await watch(page, estate.url);
    await page.goto(`${estate.url}/timeline?${estate.question}`);
    const evidence = page.getByRole("region", { name: "Evidence", exact: true });
    await expect(evidence.getByRole("status")).toHaveText(/Complete|Not complete/, { timeout: 60_000 });
    for (let n = 0; n < 12; n++) {
      await page.keyboard.press(n % 2 === 0 ? "j" : "]");
      await page.keyboard.press("Enter");
      await page.mouse.wheel(0, 1_500);
      expect(await page.locator(MADE).count()).toBe(0);
    }
    if (role === "engineer") await expect(page.getByText("zqhostile").first()).toBeAttached();
    if (role === "support") expect(await page.content()).not.toContain("zqhostile");
    await page.goto(`${estate.url}/timeline/print?${estate.question}`);
    await page.waitForLoadState("networkidle");
    expect(await page.locator(MADE).count()).toBe(0);
    if (role === "engineer") {
      await expect(page.getByText("zqhostile").first()).toBeAttached();
      // Marks that turn the reading direction are told, not obeyed.
      expect(await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText))).toBe(false);
    }
    expect(await page.title()).not.toContain("zqhostile");
    expect(seen).toEqual({ violations: [], dialogs: [], elsewhere: [] });
    await context.close();
  });
}

test("a picture of the same texts as markup is noticed, so that the tests above can fail", async ({ estate, page }) => {
  const seen = await watch(page, estate.url);
  await page.goto(`${estate.url}/sign-in`);
  await page.evaluate(
    (texts) => document.body.insertAdjacentHTML("beforeend", texts.join("")),
    HOSTILE_TEXTS.slice(0, 60),
  );
  expect(await page.locator(MADE).count()).toBeGreaterThan(5);
  await expect.poll(() => seen.violations.length).toBeGreaterThan(0);
});
