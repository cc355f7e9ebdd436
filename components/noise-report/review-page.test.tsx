import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { DecisionView, ReviewView } from "@/lib/contract/review";
import { ReviewPage } from "./review-page";
import { ruleLine, sampleReport, sampleReview } from "@/lib/contract/testing/sample-report";

let review: ReviewView;
let status: number;
let sent: { method: string; path: string; body: unknown }[];

beforeEach(() => {
  review = sampleReview({});
  status = 200;
  sent = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    if (method !== "GET") {
      sent.push({ method, path, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
      return Response.json(decision({}));
    }
    if (path.includes("/impacts")) return Response.json({ impacts: [] });
    if (path.includes("/rows")) {
      const row = {
        id: "e1",
        kind: "page",
        at: "2026-10-03T02:00:00.000Z",
        label: "Checkout slow",
        service: "shop",
        episodeId: "e1",
        detail: "Kim",
      };
      return Response.json({ total: 1, rows: [row], next: null });
    }
    if (path.endsWith("/noise")) return Response.json({ months: [] });
    if (status !== 200)
      return Response.json(
        { type: "about:blank", code: "forbidden", title: "Forbidden", requestId: "r1", status },
        { status },
      );
    return Response.json(review);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function decision(parts: Partial<DecisionView>): DecisionView {
  return {
    id: "0190a000-0000-7000-8000-000000000001",
    month: "2026-10",
    rule: "Slow",
    ruleName: "Slow",
    kind: "tune",
    owner: "Orders team",
    dueOn: "2026-11-20",
    why: "Heals itself",
    expected: { pages: -12, wakeUps: null, personMinutes: null, words: "" },
    state: "open",
    by: "Mia",
    second: null,
    mayConfirm: false,
    createdAt: "2026-11-02T09:00:00.000Z",
    doneAt: null,
    version: 1,
    carried: 0,
    measured: null,
    notMeasured: "not done yet",
    ...parts,
  };
}

function show(): void {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ReviewPage month="2026-10" />
    </QueryClientProvider>,
  );
}

it("says why a number is not known instead of showing a zero", async () => {
  show();
  expect(await screen.findAllByText("nothing is known")).toHaveLength(5);
});

it("opens exactly the rows behind a number of a rule", async () => {
  review.report = sampleReport({ rules: [ruleLine("Slow", { pages: 1, noiseMinutes: 30 })] });
  show();
  fireEvent.click(await screen.findByRole("button", { name: "1 of Slow. Open the rows" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText("1 shown of 1")).toBeTruthy();
  expect(dialog.getByRole("link", { name: "Checkout slow" }).getAttribute("href")).toBe("/alerts?episode=e1");
});

it("lets those who may decide decide about a rule, once", async () => {
  review = sampleReview({ mayDecide: true, report: sampleReport({ rules: [ruleLine("Slow", { noiseMinutes: 30 })] }) });
  show();
  fireEvent.click(await screen.findByRole("button", { name: "Decide about Slow" }));
  fireEvent.change(await screen.findByLabelText("Due on"), { target: { value: "2026-11-20" } });
  fireEvent.change(screen.getByLabelText("Why"), { target: { value: "Heals itself" } });
  fireEvent.click(screen.getByRole("button", { name: "Save decision" }));
  await waitFor(() => {
    expect(sent).toHaveLength(1);
  });
  expect(sent[0]).toMatchObject({
    path: "/api/v1/reports/noise/2026-10/decisions",
    body: { rule: "Slow", kind: "tune", owner: "Storefront team", dueOn: "2026-11-20", expected: { pages: null } },
  });
});

it("offers no decision to those who only read, and none after the signature", async () => {
  review = sampleReview({ report: sampleReport({ rules: [ruleLine("Slow", { noiseMinutes: 30 })] }) });
  show();
  await screen.findByText("Rules by cost of noise");
  expect(screen.queryByRole("button", { name: "Decide about Slow" })).toBeNull();
});

it("lists old silences, and says why there may be others", async () => {
  const listed: ReviewView["listed"] = [
    { kind: "old-silence", label: "service=shop", since: "2026-08-01T00:00:00.000Z" },
    { kind: "never-fired", label: "DiskNeverFull", since: "2026-04-01T00:00:00.000Z" },
  ];
  review = sampleReview({ listed, silencesUnknown: "no alert manager was asked for its silences yet" });
  show();
  const part = within(await screen.findByRole("region", { name: "Silences older than 30 days" }));
  expect(part.getByText(/Not known because no alert manager was asked for its silences yet/)).toBeTruthy();
  expect(part.getByText("service=shop")).toBeTruthy();
  expect(part.getByText("since 2026-08-01")).toBeTruthy();
  expect(part.queryByText("DiskNeverFull")).toBeNull();
  expect(
    within(screen.getByRole("region", { name: "Rules that did not fire in 180 days" })).getByText("DiskNeverFull"),
  ).toBeTruthy();
});

it("asks for a decision that was carried over twice to be done or dropped", async () => {
  review = sampleReview({ mayDecide: true, carriedOver: [decision({ carried: 2 })] });
  show();
  expect(await screen.findByText("! do or drop")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Done Slow" }));
  await waitFor(() => {
    expect(sent[0]?.body).toEqual({ version: 1, to: "done" });
  });
});

it("lists of last month only what is done with, and says when that is nothing", async () => {
  const open = decision({ ruleName: "StillOpen" });
  const done = decision({ id: "0190a000-0000-7000-8000-000000000002", ruleName: "DoneWith", state: "done" });
  review = sampleReview({ carriedOver: [open], lastMonth: [open, done] });
  show();
  const brought = () => screen.getByRole("region", { name: "What last month's decisions brought" });
  await screen.findAllByRole("region", { name: "Carried over" });
  expect(within(brought()).getByText("DoneWith")).toBeTruthy();
  expect(within(brought()).queryByText("StillOpen")).toBeNull();
  cleanup();
  review = sampleReview({ carriedOver: [open], lastMonth: [open] });
  show();
  expect(await screen.findByText("None of last month's decisions is done yet.")).toBeTruthy();
});

it("shows what became known after the signature beside the signed numbers", async () => {
  review = sampleReview({
    state: "signed",
    restatement: {
      lines: [{ id: "wake-ups", title: "Wake-ups", signed: 14, now: 12 }],
      lateVerdicts: 3,
      asOf: "2026-11-20T00:00:00.000Z",
    },
  });
  show();
  expect(await screen.findByText("Wake-ups: 14 signed, 12 now")).toBeTruthy();
});

it("does not draw charts that would say who", async () => {
  review = sampleReview({ suppressed: ["heat", "shifts"] });
  show();
  expect(await screen.findAllByText("Fewer than 5 people: it would say who.")).toHaveLength(2);
});

it("says that the role may not read it and how to ask", async () => {
  status = 403;
  show();
  expect(await screen.findByText(/Reading the monthly review is hidden/)).toBeTruthy();
});
