import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RevealList, RevealView } from "@/lib/contract/reveal";
import { RevealBanner } from "./reveal-banner";

const NOW = Date.parse("2026-03-01T10:00:00Z");
const view = (part: Partial<RevealView> = {}): RevealView => ({
  ...{ id: "r1", by: "Erin", mine: true, role: "engineer", fieldClass: "personal", reason: "Because.", ticket: "T-1" },
  ...{ minutes: 5, state: "in-force", needsSecond: false, approvedBy: null, askedAt: "2026-03-01T09:59:00.000Z" },
  ...{ startsAt: "2026-03-01T09:59:00.000Z", expiresAt: "2026-03-01T10:04:00.000Z", endedAt: null, reviewedAt: null },
  ...{ overdue: false, ...part },
});
let reveals: RevealView[] = [];
const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date", "setInterval", "clearInterval"] });
  asked.length = 0;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push(`${init.method ?? "GET"} ${path}`);
    if (init.method === "POST") return new Response(null, { status: 204 });
    const rights = { complete: true, mayReveal: [], maySecond: false, mayReview: false, toAnswer: 0, toReview: 0 };
    return Response.json({ reveals, ...rights } satisfies RevealList);
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show() {
  const onChange = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RevealBanner askedKeys={["order:1"]} onChange={onChange} />
    </QueryClientProvider>,
  );
  return onChange;
}
const seconds = (count: number) => act(() => vi.advanceTimersByTime(count * 1_000));

it("says what is open, and counts down", async () => {
  reveals = [view()];
  const onChange = show();
  await screen.findByText(/You read personal data of this incident/);
  expect(screen.getByText("4:00 left")).toBeDefined();
  seconds(61);
  expect(screen.getByText("2:59 left")).toBeDefined();
  expect(onChange).not.toHaveBeenCalled();
});

it("is not there while nothing is open, nor for what others opened", async () => {
  reveals = [view({ mine: false }), view({ state: "over" })];
  show();
  await waitFor(() => {
    expect(asked).toEqual(["GET /api/v1/reveals?key=order%3A1"]);
  });
  expect(screen.queryByRole("region", { name: "Reveals" })).toBeNull();
});

it("ends it when told to, and has the incident asked for again", async () => {
  reveals = [view()];
  const onChange = show();
  const button = await screen.findByRole("button", { name: "End now personal data" });
  reveals = [view({ state: "over" })];
  fireEvent.click(button);
  await waitFor(() => {
    expect(onChange).toHaveBeenCalledOnce();
  });
  expect(asked).toContain("POST /api/v1/reveals/r1/end");
  expect(screen.queryByText(/You read/)).toBeNull();
});

it("asks the server when its time is over, and goes with its answer", async () => {
  reveals = [view()];
  const onChange = show();
  await screen.findByText(/You read/);
  reveals = [view({ state: "over" })];
  seconds(241);
  await waitFor(() => {
    expect(onChange).toHaveBeenCalledOnce();
  });
  expect(screen.queryByText(/You read/)).toBeNull();
});

it("says that it waits for a second person, and can be taken back", async () => {
  vi.useRealTimers();
  reveals = [view({ state: "waiting", fieldClass: "text", startsAt: null, expiresAt: null })];
  show();
  await screen.findByText(/Waits for a second person: text of this incident/);
  fireEvent.click(screen.getByRole("button", { name: "Take back text" }));
  await waitFor(() => {
    expect(asked).toContain("POST /api/v1/reveals/r1/end");
  });
});
