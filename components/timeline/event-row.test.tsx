import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { EventRow, type RowLook } from "./event-row";

afterEach(cleanup);

const LOOK: RowLook = {
  zone: "utc",
  originNs: "1795428843012000000",
  withDay: false,
  story: false,
  narrow: false,
  basis: "corrected",
};
const HOSTILE = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;

describe("EventRow", () => {
  it.each([
    ["as a record", LOOK],
    ["as a sentence", { ...LOOK, story: true }],
    ["on a phone", { ...LOOK, narrow: true }],
  ])("shows hostile text as text, %s", (_, look) => {
    const row = anEventView({ id: "a", title: HOSTILE, sentence: HOSTILE, service: HOSTILE });
    const { container } = render(<EventRow row={row} look={look} selected={false} />);
    expect(container.querySelector("img, script")).toBeNull();
    expect(container.textContent).toContain(HOSTILE);
  });

  it("says an error in words and colours it when it belongs to the question", () => {
    render(<EventRow row={anEventView({ id: "a", outcome: "error" })} look={LOOK} selected={false} />);
    expect(screen.getByText("error")).toBeDefined();
    expect(screen.getByText("row a").className).toContain("text-error");
  });

  it("keeps the error of a neighbour calm, says that it is context and gives it no offset", () => {
    const row = anEventView({ id: "a", outcome: "error", context: true });
    render(<EventRow row={row} look={LOOK} selected={false} />);
    expect(screen.getByText("error")).toBeDefined();
    expect(screen.getByText("row a").className).not.toContain("text-error");
    expect(screen.getByText("context")).toBeDefined();
  });

  it("shows the record's own words to who reads records and the sentence to who reads the story", () => {
    const row = anEventView({ id: "a" });
    const { rerender } = render(<EventRow row={row} look={LOOK} selected={false} />);
    expect(screen.queryByText("row a")).not.toBeNull();
    expect(screen.queryByText("order-service")).not.toBeNull();
    rerender(<EventRow row={row} look={{ ...LOOK, story: true }} selected={false} />);
    expect(screen.queryByText("The order service did a.")).not.toBeNull();
    expect(screen.queryByText("row a")).toBeNull();
    expect(screen.queryByText("order-service")).toBeNull();
  });

  it("says how many records a row stands for, where it was seen and until when", () => {
    const row = anEventView({ id: "a", count: 1201, seenIn: ["loki", "tempo"], lastAt: "2026-11-23T10:14:09.5Z" });
    render(<EventRow row={row} look={LOOK} selected={false} parts={1200} opened={0} repeats={1200} />);
    expect(screen.getByText(/seen in 2 · ×1,200 until 10:14:09/)).toBeDefined();
  });

  it("shows a further record beneath its row with what it adds", () => {
    const row = anEventView({ id: "a", source: "sentry", partOf: "b", part: "same-fact" });
    render(<EventRow row={row} look={LOOK} selected={false} isPart />);
    expect(screen.getByText("as seen in Sentry")).toBeDefined();
  });

  it("says when no service is named", () => {
    render(<EventRow row={anEventView({ id: "a", service: null })} look={LOOK} selected={false} />);
    expect(screen.getByText("no service named")).toBeDefined();
  });

  it("prints the corrected time with a mark that says by how much, and the raw time on request", () => {
    const clock = {
      state: "corrected",
      correctedAt: "2026-11-23T10:14:05.112000000Z",
      correctedAtNs: "1795428845112000000",
      offsetNs: "2100000000",
      pairs: 14,
    } as const;
    const row = anEventView({ id: "a", clock });
    const { container, rerender } = render(<EventRow row={row} look={LOOK} selected={false} />);
    expect(container.querySelector("time")?.textContent).toBe("10:14:05.112");
    expect(screen.getByText("clock of its host is 2.1 s behind; corrected from 14 call pairs")).toBeDefined();
    rerender(<EventRow row={row} look={{ ...LOOK, basis: "raw" }} selected={false} />);
    expect(container.querySelector("time")?.textContent).toBe("10:14:03.012");
  });

  it("names the day when the window crosses midnight, and keeps nine digits within reach", () => {
    const row = anEventView({ id: "a", happenedAtNs: "1795428843012000001" });
    const { container } = render(<EventRow row={row} look={{ ...LOOK, withDay: true }} selected={false} />);
    const time = container.querySelector("time");
    expect(time?.textContent).toBe("11-23 10:14:03.012");
    expect(time?.title).toContain("2026-11-23 10:14:03.012000001 UTC");
  });
});
