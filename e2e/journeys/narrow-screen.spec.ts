/** At 320 px everything is reachable by scrolling down alone (WCAG 1.4.10). */
import { expect, test, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { plainPageRead, PLAIN_PAGES } from "../support/plain-pages";
import { signIn } from "../support/sign-in";
import { waitForAnswer } from "../support/wait-for-answer";

const WIDTH_PX = 320;
test.use({ viewport: { width: WIDTH_PX, height: 640 } });

/** Boxes that scroll sideways, and controls that stand outside the screen. */
async function sidewaysFaults(page: Page): Promise<string[]> {
  return page.evaluate((widthPx) => {
    const faults: string[] = [];
    const name = (element: Element): string => element.outerHTML.slice(0, 160);
    for (const element of document.querySelectorAll("*")) {
      // Toolbars and data tables may scroll within themselves (1.4.10 excepts them): their controls stay one tab stop after
      // another.
      if (element.closest("[role=toolbar], table") ?? element.querySelector(":scope > table")) continue;
      const style = getComputedStyle(element);
      const scrolls =
        style.overflowX === "auto" || style.overflowX === "scroll" || element === document.documentElement;
      if (scrolls && element.scrollWidth > element.clientWidth) {
        faults.push(`scrolls ${String(element.scrollWidth)} in ${String(element.clientWidth)}: ${name(element)}`);
      }
      const box = element.getBoundingClientRect();
      const isControl = element.matches("button,a,input,[role=option]") && style.position !== "fixed";
      // Words for screen readers alone are one pixel wide.
      if (isControl && box.width > 1 && (box.left < 0 || box.right > widthPx + 0.5)) {
        faults.push(`outside (${String(box.left)} to ${String(box.right)}): ${name(element)}`);
      }
    }
    return faults;
  }, WIDTH_PX);
}

for (const role of ["engineer", "support"]) {
  test(`${role} never scrolls sideways on a small phone`, async ({ page }) => {
    await signIn(page, role);
    expect(await sidewaysFaults(page)).toEqual([]);
    await page.goto(`${demo().url}/timeline?key=order:48192`);
    await waitForAnswer(page);
    await expect(page.getByRole("option").first()).toBeAttached();
    expect(await sidewaysFaults(page)).toEqual([]);
    await page.keyboard.press("]");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("complementary", { name: "Row detail" })).toBeVisible();
    expect(await sidewaysFaults(page)).toEqual([]);
  });
}

test("the page of key rules never scrolls sideways on a small phone", async ({ page }) => {
  await signIn(page, "engineer", "/admin/keys?rule=order%20id");
  await page.getByLabel("Try it on lines").fill(`{"msg":"order #48192 saved","path":"/${"long/".repeat(40)}"}`);
  await expect(page.locator("mark").first()).toBeVisible();
  expect(await sidewaysFaults(page)).toEqual([]);
});

test("the page of the policy never scrolls sideways on a small phone", async ({ page }) => {
  await signIn(page, "admin", "/admin/policy");
  await expect(page.getByLabel("infrastructure for support", { exact: true })).toBeVisible();
  expect(await sidewaysFaults(page)).toEqual([]);
});

for (const plain of PLAIN_PAGES) {
  test(`the page of ${plain.name} never scrolls sideways on a small phone`, async ({ page }) => {
    await signIn(page, plain.role, plain.path);
    await plainPageRead(page);
    expect(await sidewaysFaults(page)).toEqual([]);
  });
}

test("the measure does find a box that is too wide", async ({ page }) => {
  await page.goto(`${demo().url}/sign-in`);
  await page.evaluate(() =>
    document.body.insertAdjacentHTML("beforeend", '<div style="width:500px;height:1px"></div>'),
  );
  expect((await sidewaysFaults(page)).length).toBeGreaterThan(0);
});
