import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, expect, it, vi } from "vitest";
import { aQueryView } from "@/lib/client/testing/a-query-view";
import { TimelineStore } from "@/lib/client/timeline-store";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import type { Ability } from "@/lib/domain/policy";
import { TimelineHead } from "./timeline-head";

const ASKED: TimelineQuestion = { keys: ["order:48192"], from: "now-1h", to: "now", continuations: ["t".repeat(16)] };
const calls: { path: string; body: unknown }[] = [];

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  calls.length = 0;
});

function answerCalls(): void {
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.method !== "POST")
      return Promise.resolve(Response.json({ links: [], total: 0, audiences: ["engineer", "vendor"] }));
    calls.push({ path, body: JSON.parse(String(init.body)) });
    return Promise.resolve(Response.json({ code: "forbidden" }, { status: 403 }));
  });
}

function open(question: TimelineQuestion, ...abilities: Ability[]): void {
  const store = new TimelineStore((flush) => {
    flush();
  });
  store.apply({ type: "start", query: aQueryView({ abilities }) });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <NuqsTestingAdapter>
        <TimelineHead question={question} snapshot={store.getSnapshot()} story={false} setState={vi.fn()} />
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
}

function press(name: string): void {
  fireEvent.keyDown(screen.getByRole("button", { name }), { key: "Enter" });
}

it("offers what the role may do, and nothing to who looks through somebody's link", () => {
  open(ASKED, "ask");
  expect(screen.queryByRole("button", { name: "Export" })).toBeNull();
  expect(screen.getByRole("button", { name: "Copy the address" })).toBeDefined();
  cleanup();
  open(ASKED, "ask", "share", "export");
  expect(screen.getByRole("button", { name: "Share" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Export" })).toBeDefined();
  cleanup();
  open({ keys: [], from: null, to: null, shared: "t" }, "share", "export");
  for (const name of ["Share", "Export", "Copy the address", "Live"]) {
    expect(screen.queryByRole("button", { name })).toBeNull();
  }
});

it("exports what is on screen with absolute times, for the role that was chosen", async () => {
  answerCalls();
  open(ASKED, "export");
  press("Export");
  fireEvent.click(await screen.findByRole("menuitemradio", { name: "you and vendor" }));
  fireEvent.click(screen.getByRole("menuitem", { name: /^CSV/ }));
  await waitFor(() => {
    expect(calls).toHaveLength(1);
  });
  const { from, to } = aQueryView();
  expect(calls[0]).toEqual({
    path: "/api/v1/timeline/export",
    body: {
      ...{ keys: ["order:48192"], from, to, continue: ["t".repeat(16)] },
      ...{ audience: "vendor", bom: true, format: "csv" },
    },
  });
  expect(await screen.findByText(/That did not work/)).toBeDefined();
});

it("leads to the page for paper with the same times", () => {
  answerCalls();
  open(ASKED, "export");
  press("Export");
  const href = screen.getByRole("menuitem", { name: /^Print/ }).getAttribute("href") ?? "";
  expect(href.startsWith("/timeline/print?key=order%3A48192&from=2026-11-20T10")).toBe(true);
});

it("makes a link for a day unless told otherwise, from the keyboard", async () => {
  answerCalls();
  open(ASKED, "share");
  press("Share");
  fireEvent.keyDown(screen.getByRole("menuitem", { name: /Create a link/ }), { key: "Enter" });
  fireEvent.click(await screen.findByRole("button", { name: "Create link" }));
  await waitFor(() => {
    expect(calls).toHaveLength(1);
  });
  const { from, to } = aQueryView();
  expect(calls[0]).toEqual({ path: "/api/v1/share-links", body: { keys: ["order:48192"], from, to, hours: 24 } });
});

it("says when the roles to hand a file to could not be fetched, and asks again", async () => {
  let isUp = false;
  vi.stubGlobal("fetch", () =>
    Promise.resolve(
      isUp ? Response.json({ links: [], total: 0, audiences: ["vendor"] }) : new Response(null, { status: 500 }),
    ),
  );
  open(ASKED, "export");
  press("Export");
  expect((await screen.findByRole("alert")).textContent).toContain("could not be fetched");
  isUp = true;
  fireEvent.click(screen.getByRole("menuitem", { name: "Ask again for the roles" }));
  expect(await screen.findByRole("menuitemradio", { name: "you and vendor" })).toBeDefined();
  expect(screen.queryByRole("alert")).toBeNull();
});
