/** Fifty thousand rows: the page draws only what is seen, reaches the end, and keeps the reader's place while rows arrive. */
import { expect, test, type Page } from "@playwright/test";
import type { EventView } from "@/lib/contract/event-view";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import { demo } from "../support/demo";
import { signIn } from "../support/sign-in";

const ROWS = 50_000;
const BASE = 1_795_446_843_000_000_000n;

function row(n: number): EventView {
  const ns = (BASE + BigInt(n) * 1_000_000n).toString();
  return {
    id: `row-${String(n)}`,
    orderKey: `${ns}4000row`,
    kind: "log",
    happenedAt: `${new Date(Number(ns.slice(0, 13))).toISOString().slice(0, 20)}${ns.slice(10)}Z`,
    happenedAtNs: ns,
    service: "order-service",
    environment: "production",
    actor: { kind: "service" },
    severity: n % 50 === 0 ? "error" : "info",
    outcome: n % 50 === 0 ? "error" : "unknown",
    title: `line number ${String(n)}`,
    sentence: "The order service made a note in its log.",
    attributes: {},
    withheld: [],
    keys: [],
    source: "loki",
    links: [],
    why: [{ key: "order:48192", keyKind: "order", rule: "order id", confidence: "exact", source: "loki" }],
    context: false,
    seenIn: ["loki"],
    count: 1,
  };
}

function stream(): string {
  const from = new Date(Number(BASE / 1_000_000n)).toISOString();
  const to = new Date(Number(BASE / 1_000_000n) + 60_000).toISOString();
  const frames: TimelineFrame[] = [
    { type: "start", query: { keys: ["order:48192"], from, to, role: "engineer", policyVersion: "test" } },
  ];
  for (let at = 0; at < ROWS; at += 500) {
    frames.push({ type: "rows", rows: Array.from({ length: 500 }, (_, i) => row(at + i)), removed: [] });
  }
  const stats = {
    shown: ROWS,
    parts: 0,
    withheld: 0,
    records: ROWS,
    leftOut: 0,
    foreign: 0,
    complete: true,
    elapsedMs: 1,
  };
  const completeness = { state: "complete", answered: 1, connected: 1, losses: 0, notes: 0, sentence: "" } as const;
  frames.push({ type: "gaps", gaps: [] }, { type: "end", stats, completeness });
  return frames.map((frame) => `${JSON.stringify(frame)}\n`).join("");
}

async function open(page: Page): Promise<void> {
  await signIn(page, "engineer");
  const body = stream();
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
