import { describe, expect, it } from "vitest";
import { completenessOf } from "./completeness";

describe("completenessOf", () => {
  it("counts as many gaps as are told, however many steps met them", () => {
    const gap = { source: "loki/main", reason: "timeout", detail: "No answer in time.", retryable: true } as const;
    const note = { reason: "not-configured", detail: "No Sentry is connected.", retryable: false } as const;
    expect(completenessOf([], [gap, gap, gap, note, note])).toMatchObject({ losses: 1, notes: 1 });
  });
});
