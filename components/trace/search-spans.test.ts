import { describe, expect, it } from "vitest";
import { prepareTrace } from "./prepare-trace";
import { searchSpans, stepMatch } from "./search-spans";
import { aSpan, TRACE } from "./testing/a-span";

const route = { value: "/orders/{id}", class: "infrastructure", treatment: "show" } as const;
const NODES =
  prepareTrace(
    [
      aSpan({ id: 0, from: 0, to: 10, service: "admin-web" }),
      aSpan({ id: 1, parent: 0, from: 1, to: 4, over: { attributes: { "http.route": route } } }),
      aSpan({ id: 2, parent: 0, from: 5, to: 9, over: { title: "SELECT Orders" } }),
    ],
    TRACE,
    "raw",
  )?.nodes ?? [];

describe("searchSpans", () => {
  it.each([
    ["a name, whatever its case", "select", [2]],
    ["a service", "ADMIN-web", [0]],
    ["an attribute with its value", "http.route=/orders", [1]],
    ["every word, in any place", "orders order-service", [1, 2]],
    ["nothing for spaces", "  ", []],
    ["nothing for what is not there", "payment", []],
  ])("finds %s", (_, text, found) => {
    expect(searchSpans(NODES, text)).toEqual(found);
  });

  it("takes characters of patterns as they are", () => {
    expect(searchSpans(NODES, "{id}")).toEqual([1]);
    expect(searchSpans(NODES, ".*")).toEqual([]);
  });
});

describe("stepMatch", () => {
  it("goes to the next and the previous match, round the end", () => {
    expect(stepMatch([2, 5, 9], 5, 1)).toBe(9);
    expect(stepMatch([2, 5, 9], 9, 1)).toBe(2);
    expect(stepMatch([2, 5, 9], 4, -1)).toBe(2);
    expect(stepMatch([2, 5, 9], 2, -1)).toBe(9);
  });

  it("goes nowhere without matches", () => {
    expect(stepMatch([], 3, 1)).toBeUndefined();
  });
});
