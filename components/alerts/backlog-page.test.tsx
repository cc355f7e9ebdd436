import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { BacklogView } from "@/lib/contract/alerts";
import { BacklogPage } from "./backlog-page";
import { sampleEpisode } from "./testing/sample-episode";

let backlog: BacklogView;
let sent: unknown[];
let answer: () => Response;

beforeEach(() => {
  sent = [];
  answer = () => Response.json({ judged: 1, episodes: [] });
  const item = (letter: string, name: string) => ({
    episode: sampleEpisode({ id: letter.repeat(32), name }),
    sampled: letter === "a",
    episodes90: 14,
    medianSeconds: 180,
    paged: ["Kim"],
    acked: false,
    earlier: [{ verdict: "noise" as const, at: "2026-09-01T00:00:00.000Z" }],
  });
  backlog = { items: [item("a", "Checkout slow"), item("b", "Queue deep")], more: false };
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit = {}) => {
    if (init.method !== "POST") return Response.json(backlog);
    sent.push(JSON.parse(String(init.body)));
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(): void {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <BacklogPage />
    </QueryClientProvider>,
  );
}
const press = (key: string): void => {
  fireEvent.keyDown(window, { key });
};

it("judges by one key and goes on to the next", async () => {
  show();
  await screen.findByRole("article", { name: "Checkout slow" });
  press("5");
  await screen.findByRole("article", { name: "Queue deep" });
  expect(sent).toEqual([{ episodes: ["a".repeat(32)], verdict: "noise", reason: "", note: "", via: "backlog" }]);
});

it("says which were drawn at random, and that all of these count", async () => {
  show();
  await screen.findByRole("article", { name: "Checkout slow" });
  expect(screen.getByRole("status").textContent).toContain("1 of 2, 1 of them drawn at random");
  expect(screen.getByText(/^Drawn at random/)).toBeTruthy();
  press("s");
  await screen.findByRole("article", { name: "Queue deep" });
  expect(screen.queryByText(/^Drawn at random/)).toBeNull();
});

it("sends the reason and the note with the verdict", async () => {
  show();
  await screen.findByRole("article", { name: "Checkout slow" });
  fireEvent.change(screen.getByLabelText(/^Reason/), { target: { value: "self-heals" } });
  fireEvent.change(screen.getByLabelText(/^Note/), { target: { value: "gone before I looked" } });
  press("2");
  await waitFor(() => {
    expect(sent).toHaveLength(1);
  });
  expect(sent[0]).toMatchObject({ verdict: "not-page-worthy", reason: "self-heals", note: "gone before I looked" });
});

it("stays where it is and says why when a verdict was not taken", async () => {
  answer = () =>
    Response.json(
      { type: "about:blank", title: "x", status: 503, code: "overloaded", requestId: "r" },
      { status: 503 },
    );
  show();
  await screen.findByRole("article", { name: "Checkout slow" });
  press("1");
  expect(await screen.findByText("That did not work. Try again in a moment.")).toBeTruthy();
  expect(screen.getByRole("article", { name: "Checkout slow" })).toBeTruthy();
});

it("skips without a verdict, goes back, and says when all are done", async () => {
  show();
  await screen.findByRole("article", { name: "Checkout slow" });
  press("s");
  await screen.findByRole("article", { name: "Queue deep" });
  press("u");
  await screen.findByRole("article", { name: "Checkout slow" });
  press("s");
  press("s");
  expect(await screen.findByText("Done: you went through 2.")).toBeTruthy();
  expect(sent).toEqual([]);
});
