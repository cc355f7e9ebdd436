import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openRegions } from "@/lib/client/preferences";
import { aQueryView } from "@/lib/client/testing/a-query-view";
import { anEventView } from "@/lib/client/testing/an-event-view";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import { TimelinePage } from "./timeline-page";

const push = vi.fn<(href: string) => void>();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

const ASKED: TimelineQuestion = { keys: ["order:48192"], from: "now-1h", to: "now" };
const WINDOW = { from: "2026-11-23T10:00:00.000000000Z", to: "2026-11-23T11:00:00.000000000Z" };

/** An answer of one head with one further record, cut off at a limit. */
function frames(): TimelineFrame[] {
  const head = anEventView({ id: "head", count: 2 });
  const part = anEventView({ id: "part", partOf: "head", part: "repeat" });
  const stats = { shown: 1, parts: 1, withheld: 0, records: 2, leftOut: 0, foreign: 0, complete: false, elapsedMs: 1 };
  return [
    { type: "start", query: aQueryView(WINDOW) },
    { type: "rows", rows: [head, part], removed: [] },
    {
      type: "gaps",
      gaps: [
        { source: "loki", reason: "truncated", detail: "Cut.", retryable: false, continuation: "abcdefghijklmnop" },
      ],
    },
    {
      type: "end",
      stats,
      completeness: { state: "partial", answered: 0, connected: 1, losses: 1, notes: 0, sentence: "Something is cut." },
    },
  ];
}

function answer(list: readonly TimelineFrame[]): Response {
  return new Response(list.map((frame) => `${JSON.stringify(frame)}\n`).join(""));
}

function page(question: TimelineQuestion) {
  return (
    <QueryClientProvider client={new QueryClient()}>
      <NuqsTestingAdapter>
        <TimelinePage question={question} />
      </NuqsTestingAdapter>
    </QueryClientProvider>
  );
}

beforeEach(() => {
  openRegions.gaps.set(true);
});
afterEach(() => {
  cleanup();
  openRegions.gaps.set(false);
  vi.unstubAllGlobals();
  push.mockReset();
});

it("counts one row per fact and says how complete the picture is", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(answer(frames())));
  render(page(ASKED));
  expect(await screen.findByText("1 of 1 rows · 1 collapsed · 0 hidden")).toBeDefined();
  expect(screen.getByText("Not complete")).toBeDefined();
  expect(screen.getByText("0 of 1 source in full · 1 gap")).toBeDefined();
});

it("does not call it a failure when the role asks no questions of its own", async () => {
  const problem = { type: "about:blank", title: "x", status: 403, code: "forbidden", requestId: "r" };
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(problem, { status: 403 })));
  render(page(ASKED));
  expect(await screen.findByRole("heading", { name: "Hidden for your role" })).toBeDefined();
  expect(screen.getByRole("link", { name: "Access" })).toBeDefined();
  expect(screen.queryByText(/could not be fetched|stopped with an error/)).toBeNull();
});

it("asks for the rest with the window pinned, and keeps what is on screen until it is here", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(answer(frames())));
  const { rerender } = render(page(ASKED));
  fireEvent.click(await screen.findByRole("button", { name: /Fetch the rest/ }));
  const href = new URLSearchParams(push.mock.calls[0]?.[0].split("?")[1]);
  expect([href.get("continue"), href.get("from"), href.get("to")]).toEqual([
    "abcdefghijklmnop",
    WINDOW.from,
    WINDOW.to,
  ]);

  let settle: (response: Response) => void = () => undefined;
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (settle = resolve)));
  rerender(page({ ...ASKED, ...WINDOW, continuations: ["abcdefghijklmnop"] }));
  expect(screen.getByText(/Asking again/)).toBeDefined();
  expect(screen.getByText("1 of 1 rows · 1 collapsed · 0 hidden")).toBeDefined();
  const [start, rows, , end] = frames();
  if (!start || !rows || !end) throw new Error("an answer has frames");
  settle(answer([start, rows, { type: "rows", rows: [anEventView({ id: "more" })], removed: [] }, end]));
  await waitFor(() => {
    expect(screen.getByText("2 of 2 rows · 1 collapsed · 0 hidden")).toBeDefined();
  });
});
