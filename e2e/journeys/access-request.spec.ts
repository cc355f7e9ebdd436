/** Somebody asks for a role, an admin grants it, and it is there to switch to. */
import { expect, test, type Browser, type Page } from "@playwright/test";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

async function signedIn(browser: Browser, role: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, role);
  return page;
}

test("support asks for a role, an admin grants it, support switches to it and back", async ({ browser }) => {
  const { url } = demo();
  const reason = `I answer calls of the on-call phone ${crypto.randomUUID()}.`;
  const support = await signedIn(browser, "support");
  await support.goto(`${url}/account/access`);
  await support.getByLabel("What you need").selectOption("role:manager");
  await support.getByLabel("Why").fill(reason);
  await support.getByRole("button", { name: "Ask for access" }).click();
  await expect(support.getByRole("region", { name: "Your requests" })).toContainText("not answered yet");

  const admin = await signedIn(browser, "admin");
  await admin.goto(`${url}/admin/requests`);
  const request = admin.getByRole("listitem").filter({ hasText: reason });
  await request.getByLabel("Your answer to Sam Support").fill("Until the end of the month.");
  await request.getByRole("button", { name: /^Grant/ }).click();
  await expect(request).toHaveCount(0);

  await support.reload();
  await expect(support.getByText("“Until the end of the month.”")).toBeVisible();
  await support.getByRole("button", { name: /Account of Sam Support/ }).click();
  await support.getByRole("menuitemradio", { name: "manager" }).click();
  await expect(support.getByText("You act as manager.")).toBeVisible();

  // As it was: other journeys need the account in its one role.
  await admin.goto(`${url}/admin/people`);
  await admin.getByRole("button", { name: "Sam Support" }).click();
  const person = admin.getByRole("dialog");
  await person.getByRole("checkbox", { name: /^manager/ }).uncheck();
  await person.getByRole("button", { name: "Save person" }).click();
  await expect(person.getByText("✓ Saved.")).toBeVisible();
  await support.reload();
  await expect(support.getByText("You act as support.")).toBeVisible();
});
