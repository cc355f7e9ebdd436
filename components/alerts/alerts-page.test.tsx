import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AlertRules } from "@/lib/contract/alert-rules";
import type { EpisodePage } from "@/lib/contract/alerts";
import type { EpisodeDetail } from "@/lib/contract/episode-detail";
import type { ReviewView } from "@/lib/contract/review";
import { ruleLine, sampleReport, sampleReview } from "@/lib/contract/testing/sample-report";
import { AlertsPage } from "./alerts-page";
import { sampleEpisode } from "./testing/sample-episode";

let rules: AlertRules;
let page: EpisodePage;
let review: ReviewView;
let reviewStatus: number;
let quietedBy: EpisodeDetail["quietedBy"];
let sent: unknown[];
let status: number;

beforeEach(() => {
  sent = [];
  status = 200;
  reviewStatus = 200;
  quietedBy = [];
  review = sampleReview({
    report: sampleReport({
      rules: [
        ruleLine("CheckoutSlow", {
          wakeUps: 2,
          worthPaging: { value: null, low: null, high: null, n: 2, why: "too few verdicts (1 of 2)" },
        }),
      ],
    }),
  });
  rules = {
    from: "2026-10-01T00:00:00.000Z",
    to: "2026-10-31T00:00:00.000Z",
    total: 1,
    rules: [
      {
        rule: "CheckoutSlow",
        name: "CheckoutSlow",
        service: "shop",
        owner: "",
        severity: "page",
        fires: 9,
        episodes: 7,
        pages: 4,
        open: 1,
        density: [0, 3, 4],
        judged: 2,
      },
    ],
  };
  page = {
    episodes: [sampleEpisode({ id: "a".repeat(32) }), sampleEpisode({ id: "b".repeat(32), endReason: "source_lost" })],
    next: null,
    total: 7,
    gaps: [
      {
        source: "alertmanager/main",
        from: "2026-10-02T00:00:00.000Z",
        to: "2026-10-02T06:00:00.000Z",
        why: "nothing was heard",
      },
    ],
    gapsTotal: 1,
    heard: [],
  };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    if (init.method === "POST") {
      sent.push(JSON.parse(String(init.body)));
      return Response.json({ judged: 1, episodes: [] });
    }
    if (status !== 200)
      return Response.json({ type: "about:blank", title: "x", status, code: "forbidden", requestId: "r" }, { status });
    if (path.includes("/reports/noise/2026-10") && reviewStatus === 200) return Response.json(review);
    if (path.includes("/reports/noise/")) {
      const code = reviewStatus === 403 ? "forbidden" : "unavailable";
      const problem = { type: "about:blank", title: "x", status: reviewStatus, code, requestId: "r" };
      return Response.json(problem, { status: reviewStatus });
    }
    if (path.includes("/rules")) return Response.json(rules);
    if (path.includes("/episodes?")) return Response.json(page);
    const episode = page.episodes.find(({ id }) => path.endsWith(id));
    return Response.json({
      ...{ episode, transitions: [], pages: [], quietedBy, verdicts: [], labels: {}, annotations: {}, payload: null },
      timeline: { keys: ["order:48192"], from: "2026-10-03T02:00:00.000Z", to: "2026-10-03T02:30:00.000Z" },
    });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(address = ""): void {
  render(
    <NuqsTestingAdapter searchParams={address} hasMemory>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <AlertsPage mayJudge />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

it("says that nobody owns a rule, what fires now, and why there is no percentage", async () => {
  show();
  const rule = await screen.findByRole("button", { name: /CheckoutSlow/ });
  expect(rule.textContent).toContain("! nobody");
  expect(rule.textContent).toContain("1 firing");
  await waitFor(() => {
    expect(rule.textContent).toContain("too few verdicts (1 of 2)");
  });
  expect(rule.textContent).toContain("2 wake-ups");
  expect(screen.getByText("* In October 2026, as the monthly review counts it.")).toBeTruthy();
  expect(screen.getByRole("img", { name: "fired on 2 of 3 days, at most 4 times a day" })).toBeTruthy();
});

it("says that wake-ups and worth are hidden for a role without the review, and still lists its rules", async () => {
  reviewStatus = 403;
  show();
  const rule = await screen.findByRole("button", { name: /CheckoutSlow/ });
  expect(await screen.findByText(/as the monthly review counts it: hidden for your role/)).toBeTruthy();
  expect(rule.textContent).toContain("not counted: wake-ups");
});

it("says that wake-ups and worth could not be fetched", async () => {
  reviewStatus = 503;
  show();
  expect(await screen.findByText(/as the monthly review counts it: could not be fetched/)).toBeTruthy();
});

it("shows an estimate with its interval and how many verdicts it rests on", async () => {
  const worthPaging = { value: 0.3, low: 0.08, high: 0.58, n: 7, why: "" };
  review = { ...review, report: sampleReport({ rules: [ruleLine("CheckoutSlow", { worthPaging })] }) };
  show();
  expect(await screen.findByText("30 % (8–58), n 7")).toBeTruthy();
});

it("opens a rule in place, with the gaps of its sources and what is shown of how many", async () => {
  show();
  fireEvent.click(await screen.findByRole("button", { name: /CheckoutSlow/ }));
  expect(await screen.findByText("2 shown of 7")).toBeTruthy();
  expect(screen.getByText(/nothing was heard/)).toBeTruthy();
  expect(screen.getByText(/its source was lost/)).toBeTruthy();
});

it("says how many gaps and fires are not shown", async () => {
  page = { ...page, gapsTotal: 140, episodes: [sampleEpisode({ id: "a".repeat(32), fires: 1204 })] };
  show(`?rule=CheckoutSlow&episode=${"a".repeat(32)}`);
  expect(await screen.findByText(/The newest 1 of 140 gaps of sources are shown/)).toBeTruthy();
  expect(screen.getByText(/Hours heard: not known/)).toBeTruthy();
  expect(await screen.findByText("Fires 0 shown of 1204, the newest")).toBeTruthy();
});

it("judges the chosen episodes together, and takes it back", async () => {
  show("?rule=CheckoutSlow");
  const [first, second] = await screen.findAllByRole("checkbox");
  if (first) fireEvent.click(first);
  if (second) fireEvent.click(second);
  fireEvent.keyDown(window, { key: "5" });
  await screen.findByText("Judged: Noise, 2 episodes");
  fireEvent.keyDown(window, { key: "u" });
  await waitFor(() => {
    expect(sent).toHaveLength(2);
  });
  expect(sent[0]).toMatchObject({ episodes: ["a".repeat(32), "b".repeat(32)], verdict: "noise" });
  expect(sent[1]).toMatchObject({ episodes: ["a".repeat(32), "b".repeat(32)], verdict: null });
});

it("opens an episode beside the list and leads to its timeline", async () => {
  show(`?rule=CheckoutSlow&episode=${"a".repeat(32)}`);
  const link = await screen.findByRole("link", { name: "Open its timeline" });
  expect(link.getAttribute("href")).toContain("key=order");
});

it("says who and what kept an alert quiet, and that it was so for a part of the time", async () => {
  const nothing = { name: "", by: "", note: "", from: null, to: null };
  const silence = { from: "2026-10-03T02:00:00.000Z", to: "2026-10-03T03:00:00.000Z" };
  quietedBy = [
    { ...nothing, ...silence, what: "silence", by: "ada", note: "planned work" },
    { ...nothing, what: "silence" },
    { ...nothing, what: "mute", name: "weekends" },
    { ...nothing, what: "inhibition", name: "ClusterDown" },
    { ...nothing, what: "inhibition" },
  ];
  show(`?rule=CheckoutSlow&episode=${"a".repeat(32)}`);
  const part = (await screen.findByText("Kept quiet for a part of the time")).closest("section");
  expect([...(part?.querySelectorAll("li") ?? [])].map(({ textContent }) => textContent)).toEqual([
    "Silenced by ada2026-10-03 02:00 UTC – 2026-10-03 03:00 UTCplanned work",
    "A silence. Whose is not known.",
    "Muted by weekends",
    "Inhibited by the alert ClusterDown",
    "Inhibited by another alert",
  ]);
});

it("says that the history is hidden and how to ask for it", async () => {
  status = 403;
  show();
  expect(await screen.findByText("The history of alerts is hidden for your role.")).toBeTruthy();
});
