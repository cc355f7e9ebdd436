import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TimelineStore } from "@/lib/client/timeline-store";
import type { FindingView } from "@/lib/contract/timeline-answer";
import { Findings } from "./findings";

afterEach(cleanup);

const BREAK: FindingView = {
  kind: "break-point",
  level: "likely",
  sentence: "status-api failed at 'SchemaError'",
  service: "status-api",
  events: ["e1", "e2"],
  candidates: [
    { service: "status-api", event: "e1", evidence: 4 },
    { service: null, event: "e3", evidence: 1 },
  ],
  rejected: [{ event: "e4", sentence: "customer-app · GET 500", reason: "it failed only because of something below" }],
  reach: [],
};

function show(finding: Partial<FindingView>, onOpen = vi.fn()) {
  const snapshot = { ...new TimelineStore(() => undefined).getSnapshot(), findings: [{ ...BREAK, ...finding }] };
  render(<Findings snapshot={snapshot} onOpen={onOpen} />);
  return onOpen;
}

describe("Findings", () => {
  it("says how sure it is and opens each row of evidence by its number", () => {
    const onOpen = show({});
    expect(screen.getByText("likely")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Open evidence row 2 of 2" }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith("e2");
  });
  it("keeps what else was considered one press away, each with its reason", () => {
    const onOpen = show({});
    expect(screen.queryByText(/only because of something below/)).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: /considered 3/ }));
    const candidates = within(screen.getByRole("list", { name: "Candidates, best first" })).getAllByRole("listitem");
    expect(candidates.map((item) => item.textContent)).toEqual([
      "1status-api4 observations · named above",
      "2no service named1 observation",
    ]);
    expect(screen.getByText(/only because of something below/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "customer-app · GET 500" }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith("e4");
  });
  it("gives the reach as a range", () => {
    show({ kind: "blast-radius", candidates: [], rejected: [], reach: [{ kind: "order", atLeast: 3, atMost: null }] });
    expect(screen.getByText("Touched at least 3 orders")).toBeDefined();
  });
});
