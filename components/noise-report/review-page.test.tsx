import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { DecisionView, ReviewView } from "@/lib/contract/review";
import { ReviewPage } from "./review-page";
import { ruleLine, sampleReport, sampleReview } from "@/lib/contract/testing/sample-report";

let review: ReviewView;
let status: number;
let asked: string[];
let sent: { method: string; path: string; body: unknown }[];

beforeEach(() => {
  review = sampleReview({});
  status = 200;
  sent = [];
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    if (method !== "GET") {
      sent.push({ method, path, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
      return Response.json(decision({}));
    }
    if (path.includes("/impacts")) return Response.json({ impacts: [] });
    asked.push(path);
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

it("tells which rules fire together, in groups and in pairs whose starts can be opened", async () => {
  const pair = { p: 1e-9, lift: 90, lagLow: 10, lagHigh: 40, expected: 0.01, together: 12, share: 0.8, lagSeconds: 30 };
  review.report = sampleReport({
    rules: [ruleLine("r1", { name: "Database" }), ruleLine("r2", { name: "Checkout" })],
    cofiring: [{ a: "r1", b: "r2", ...pair }],
    cofiringGroups: { groups: [{ rules: ["r1", "r2"], lead: "r1", share: 0.8 }], rules: 2, of: 2 },
  });
  show();
  const part = within(await screen.findByRole("region", { name: "Rules that fire together" }));
  expect(part.getByRole("heading", { name: "1 group of rules fires together" })).toBeTruthy();
  expect(part.getByText("Database, then Checkout")).toBeTruthy();
  fireEvent.click(part.getByRole("button", { name: "12 of Database with Checkout. Open the rows" }));
  expect(await screen.findByRole("dialog")).toBeTruthy();
  expect(asked.at(-1)).toContain("figure=together&group=pair%3Ar1+%2B+r2");
});

it("tells how alerts ended, with no quantile of few and no claim for months signed before", async () => {
  const few = { medianSeconds: null, p90Seconds: null };
  const duration = { n: 12, medianSeconds: 120, p90Seconds: 600 };
  const byEnd = [
    { ending: "after-act" as const, n: 3, ...few },
    { ending: "alone" as const, n: 9, medianSeconds: 60, p90Seconds: 300 },
    { ending: "not-known" as const, n: 0, ...few },
  ];
  review.report = sampleReport({ duration: { ...duration, byEnd } });
  show();
  const part = within(await screen.findByRole("region", { name: "How long alerts were on" }));
  expect(part.getByRole("row", { name: /After a person had acted 3.* too few too few/ })).toBeTruthy();
  expect(part.getByRole("row", { name: /By itself.* 1 min 5 min/ })).toBeTruthy();
  cleanup();
  review.report = sampleReport({ duration: { ...duration, byEnd: null } });
  show();
  expect(await screen.findByText("Not measured when this month was signed.")).toBeTruthy();
});

it("adds pages up by what rules watch, and opens them", async () => {
  const watches = (of: "growing-queue" | "other") => ({ class: of, by: "name" as const });
  const rules = [
    ruleLine("QueueDeep", { pages: 3, costMinutes: 90, watches: watches("growing-queue"), lint: ["no-runbook"] }),
    ruleLine("Cpu", { pages: 2, costMinutes: 30, watches: watches("other"), lint: ["no-runbook"] }),
    ruleLine("Never", { watches: watches("other") }),
  ];
  const { totals } = sampleReport({});
  review.report = sampleReport({ rules, totals: { ...totals, pages: 5 } });
  show();
  const part = within(await screen.findByRole("region", { name: "What pages people" }));
  expect(part.getByRole("row", { name: /A growing queue 1 3.* 1 h 30 min/ })).toBeTruthy();
  expect(part.getByRole("row", { name: /Something else, or not known 1 2.* 30 min/ })).toBeTruthy();
  fireEvent.click(part.getByRole("button", { name: "5 of no runbook. Open the rows" }));
  await screen.findByRole("dialog");
  expect(asked.at(-1)).toContain("figure=pages&group=breach%3Ano-runbook");
});

it("shows estimated pages only where no pager told of any, and no person without a schedule", async () => {
  review.report = sampleReport({
    estimated: { receivers: [{ receiver: "pager", notifications: 7, pages: 0 }], scheduleKnown: false },
  });
  show();
  const part = within(await screen.findByRole("region", { name: "Estimated pages" }));
  expect(part.getByText("not known: no schedule")).toBeTruthy();
  expect(part.getByRole("button", { name: "7 of notifications to pager. Open the rows" })).toBeTruthy();
  cleanup();
  review.report = sampleReport({ estimated: { receivers: [], scheduleKnown: true } });
  show();
  await screen.findByText("Rules by cost of noise");
  expect(screen.queryByRole("region", { name: "Estimated pages" })).toBeNull();
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
