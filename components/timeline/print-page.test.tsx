import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { RevealView } from "@/lib/contract/reveal";
import type { UnlinkView } from "@/lib/contract/timeline-answer";
import { anAnswer } from "@/lib/client/testing/an-answer";
import { PrintPage } from "./print-page";

let asked: { readonly call: string; readonly body: unknown }[] = [];
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(answer: () => Response): void {
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ call: `${init.method ?? "GET"} ${path}`, body: JSON.parse(String(init.body)) });
    return answer();
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <PrintPage question={{ keys: ["order:48192"], from: "now-1h", to: "now" }} />
    </QueryClientProvider>,
  );
}

it("is an export: asked once, with what people took out and opened", async () => {
  const at = "2026-11-20T10:20:00.000Z";
  const unlinks: UnlinkView[] = [
    { id: "u1", kind: "key", target: "job:nightly", reason: "other shop", by: "Ada", at, rows: 3 },
  ];
  const reveals: RevealView[] = [
    {
      ...{ id: "r1", by: "Sam", mine: false, role: "support", fieldClass: "personal", reason: "", ticket: "OPS-7" },
      ...{ minutes: 30, state: "over", needsSecond: false, approvedBy: null, askedAt: at, startsAt: at },
      ...{ expiresAt: "2026-11-20T10:25:00.000Z", endedAt: null, reviewedAt: null, overdue: false },
    },
  ];
  const made = { exportedAt: at, policy: "v12" };
  open(() => Response.json({ ...made, ...anAnswer({ unlinks, reveals }) }));
  const paper = within(await screen.findByRole("article"));
  expect(asked).toEqual([
    {
      call: "POST /api/v1/timeline/export",
      body: { keys: ["order:48192"], from: "now-1h", to: "now", format: "json" },
    },
  ]);
  expect(paper.getByText(/job:nightly: “other shop” \(Ada; 3 rows not shown\)/)).toBeDefined();
  expect(paper.getByText(/Sam opened personal.* for 5 minutes\. ticket OPS-7/)).toBeDefined();
});

it("says why there is no paper, and does not claim that nothing happened", async () => {
  const problem = { type: "about:blank", title: "x", status: 403, code: "forbidden", requestId: "1" };
  open(() => Response.json({ ...problem, detail: "Not while a reveal is in force." }, { status: 403 }));
  expect((await screen.findByRole("alert")).textContent).toContain("Not while a reveal is in force.");
  expect(screen.queryByRole("article")).toBeNull();
});
