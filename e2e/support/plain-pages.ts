/** Pages that are read as they open, by whoever has them: for the checks of accessibility and of small screens. */
import { expect, type Page } from "@playwright/test";

export interface PlainPage {
  readonly name: string;
  readonly role: string;
  readonly path: string;
}

export const PLAIN_PAGES: readonly PlainPage[] = [
  { name: "alerts", role: "engineer", path: "/alerts?from=now-30d" },
  { name: "the backlog of verdicts", role: "engineer", path: "/alerts/backlog" },
  { name: "the review", role: "manager", path: "/review" },
  { name: "the audit", role: "manager", path: "/admin/audit" },
  { name: "people", role: "admin", path: "/admin/people" },
  { name: "access requests", role: "admin", path: "/admin/requests" },
  { name: "reveals", role: "manager", path: "/admin/reveals" },
  { name: "sources", role: "admin", path: "/admin/sources" },
  { name: "webhooks", role: "admin", path: "/admin/webhooks" },
  { name: "on-call", role: "admin", path: "/admin/on-call" },
  { name: "one's access", role: "support", path: "/account/access" },
  { name: "one's sessions", role: "engineer", path: "/account/sessions" },
  { name: "one's links", role: "engineer", path: "/account/links" },
  { name: "a printed timeline", role: "support", path: "/timeline/print?key=order:48192" },
];

/** Nothing is loading any more. */
export async function plainPageRead(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(page.locator(".skeleton")).toHaveCount(0);
}
