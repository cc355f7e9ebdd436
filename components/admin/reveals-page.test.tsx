import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AccessCounts, RevealList, RevealView } from "@/lib/contract/reveal";
import { RevealsPage } from "./reveals-page";

const view = (part: Partial<RevealView>): RevealView => ({
  ...{
    id: "r1",
    by: "Erin",
    mine: false,
    role: "engineer",
    fieldClass: "text",
    reason: "A customer asks.",
    ticket: "T-1",
  },
  ...{ minutes: 30, state: "over", needsSecond: true, approvedBy: null, askedAt: "2026-03-01T10:00:00.000Z" },
  ...{ startsAt: null, expiresAt: null, endedAt: null, reviewedAt: null, overdue: false, ...part },
});
let list: RevealList;
let asked: string[];
let answer: () => Response;

beforeEach(() => {
  asked = [];
  answer = () => new Response(null, { status: 204 });
  list = { reveals: [], complete: true, mayReveal: [], maySecond: true, mayReview: true, toAnswer: 0, toReview: 0 };
  const counts: AccessCounts = {
    month: "2026-03",
    counts: [{ kind: "reveal", role: "engineer", wanted: "text", answer: "approved", count: 3 }],
  };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push(`${init.method ?? "GET"} ${path}`);
    if (init.method === "POST") return answer();
    return Response.json(path.endsWith("/counts") ? counts : list);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(mayEnd = false): void {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RevealsPage role="manager" mayEnd={mayEnd} />
    </QueryClientProvider>,
  );
}
const table = (name: string) => screen.findByRole("region", { name });

it("lets a second person agree after a second press, and refuse", async () => {
  list.reveals = [view({ state: "waiting" })];
  show();
  const waiting = within(await table("To answer"));
  fireEvent.click(waiting.getByRole("button", { name: "Agree the reveal of Erin" }));
  expect(asked.some((one) => one.startsWith("POST"))).toBe(false);
  fireEvent.click(waiting.getByRole("button", { name: "Really agree the reveal of Erin" }));
  await waitFor(() => {
    expect(asked).toContain("POST /api/v1/reveals/r1/approve");
  });
  fireEvent.click(screen.getByRole("button", { name: "Refuse the reveal of Erin" }));
  await waitFor(() => {
    expect(asked).toContain("POST /api/v1/reveals/r1/refuse");
  });
});

it("names the incident that a second person is asked about, and leads there where they may ask", async () => {
  const incident = {
    keys: ["order:48192", "account:account·K7Q4"],
    references: ["order:48192", "account:account·K7Q4"],
  };
  list.reveals = [
    view({ state: "waiting", incident }),
    view({ id: "r2", state: "waiting", incident: { keys: ["order:(asked)"], references: null } }),
    view({ id: "r3", state: "waiting" }),
  ];
  show();
  const waiting = within(await table("To answer"));
  const link = waiting.getByRole("link", { name: "order:48192, account:account·K7Q4" });
  const address = new URL(link.getAttribute("href") ?? "", "http://localhost");
  expect(address.searchParams.getAll("key")).toEqual(incident.references);
  expect(waiting.getAllByRole("link")).toHaveLength(1);
  expect(waiting.getByText(/order:\(asked\)/)).toBeDefined();
  expect(waiting.getByText("of an incident whose ids were not kept")).toBeDefined();
});

it("has no button for one's own, and none for who may not", async () => {
  list = { ...list, maySecond: false, reveals: [view({ state: "waiting" }), view({ id: "r2", mine: true })] };
  show();
  await screen.findByText("a second person answers");
  expect(screen.queryByRole("button", { name: /Agree|looked/ })).toBeNull();
});

it("is signed when somebody looked at it; after a week that is marked", async () => {
  list.reveals = [view({ overdue: true })];
  show();
  const unseen = within(await table("To look at"));
  expect(unseen.getByText("! nobody looked at it for a week")).toBeDefined();
  fireEvent.click(unseen.getByRole("button", { name: /^I looked at it/ }));
  await waitFor(() => {
    expect(asked).toContain("POST /api/v1/reveals/r1/review");
  });
});

it("lets an admin end what is in force", async () => {
  list.reveals = [view({ state: "in-force", expiresAt: "2026-03-01T10:30:00.000Z" })];
  show(true);
  expect(await screen.findByText("in force, until 10:30 UTC")).toBeDefined();
  expect(screen.getByRole("button", { name: "End now the reveal of Erin" })).toBeDefined();
});

it("says how to go on when the sign-in is too long ago", async () => {
  list.reveals = [view({ state: "waiting" })];
  const problem = { type: "about:blank", title: "x", status: 403, code: "step-up-required", requestId: "1" };
  answer = () => Response.json({ ...problem, detail: "Sign in again." }, { status: 403 });
  show();
  fireEvent.click(within(await table("To answer")).getByRole("button", { name: /^Refuse/ }));
  expect(await screen.findByRole("link", { name: "Sign in again in a new tab" })).toBeDefined();
});

it("counts this month for who reviews", async () => {
  show();
  const month = within(await table("This month"));
  expect(month.getByRole("row", { name: "reveal engineer text approved 3" })).toBeDefined();
});
