import { afterEach, expect, it, vi } from "vitest";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ComparisonView } from "@/lib/contract/comparison-view";
import { ComparisonPanel } from "./comparison-panel";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const COMPARED: ComparisonView = {
  state: "compared",
  sentence: "Compared with 3 healthy runs.",
  healthy: [],
  candidates: 5,
  healthyCandidates: 3,
  partial: true,
  partialSentence: "Partial: 2 steps of this run have no recorded caller.",
  differences: [
    {
      difference: "slower",
      service: "stock",
      operation: "read stock",
      depth: 2,
      steps: 1,
      event: "row-1",
      hereNs: "900000000",
      healthyNs: "20000000",
      changes: [],
      uncertain: false,
    },
    { difference: "missing", service: "pay", operation: "charge", depth: 1, steps: 3, changes: [], uncertain: true },
  ],
  more: 0,
  same: 7,
  gaps: [],
};

function panel(status: number, body: unknown, onOpen = vi.fn()) {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status })));
  const question = { keys: ["order:48192"], from: "now-1h", to: "now" };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ComparisonPanel question={question} onOpen={onOpen} />
    </QueryClientProvider>,
  );
}

const cells = (row: HTMLElement) => [...row.querySelectorAll("th,td")].map((cell) => cell.textContent);

it("lists each differing step with both sides and what differs", async () => {
  panel(200, COMPARED);
  const rows = (await screen.findAllByRole("row")).slice(1).map(cells);
  expect(rows).toEqual([
    ["stock · read stock", "900 ms", "20 ms", "slower by 880 ms"],
    ["pay · charge", "not there", "there", "missing with 2 below, or not recorded"],
  ]);
});

it("says that the comparison is partial", async () => {
  panel(200, COMPARED);
  expect(await screen.findByText(/Partial: 2 steps/)).toBeDefined();
});

it("opens the row of a step", async () => {
  const onOpen = vi.fn();
  panel(200, COMPARED, onOpen);
  fireEvent.click(await screen.findByRole("button", { name: "stock · read stock" }));
  expect(onOpen).toHaveBeenCalledWith("row-1");
});

it("says why there is no healthy run, without a table", async () => {
  const none = {
    ...COMPARED,
    state: "no-healthy-run",
    sentence: "No healthy run found: none is recorded.",
    differences: [],
  };
  panel(200, none);
  expect(await screen.findByText(/No healthy run found/)).toBeDefined();
  expect(screen.queryByRole("table")).toBeNull();
});

it("says that it failed, and asks again on request", async () => {
  panel(503, { type: "about:blank", title: "Overloaded", status: 503, code: "overloaded", requestId: "r" });
  expect((await screen.findByRole("alert")).textContent).toContain("overloaded");
  panel(200, COMPARED);
  fireEvent.click(screen.getAllByRole("button", { name: "Ask again" })[0] ?? document.body);
  expect(await screen.findAllByText("Compared with 3 healthy runs.")).not.toHaveLength(0);
});
