/** Services, calls, gaps and measurements of a timeline, under the names that a role reads. */
import { describe, expect, it } from "vitest";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { Role } from "@/lib/domain/role";
import type { RowService, ServiceCall } from "@/lib/domain/stitched-timeline";
import type { MetricSeries } from "@/lib/domain/source-outcome";
import { anEpochNs } from "@/lib/domain/testing/an-event";
import { redactCalls, redactGaps, redactMetrics, redactServices } from "./redact-summary";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const as = (role: Role) => createRedactionContext(redactionSettings(), anAccess(role));
const service = (name: string, over: Partial<RowService> = {}): RowService => ({
  ...{ name, displayName: `${name} for people`, owner: "Zqteam", audience: "internal", listed: true },
  ...over,
});

describe("services", () => {
  const touched = (...services: RowService[]) =>
    services.map((one, i) => ({ service: one, spellings: [], rows: i + 1, errors: i }));

  it("come in the order of the names that the role reads, with owner and audience", () => {
    const told = redactServices(touched(service("b"), service("a")), as("engineer"));
    expect(told).toEqual([
      { name: "a", owner: "Zqteam", audience: "internal", rows: 2, errors: 1 },
      { name: "b", owner: "Zqteam", audience: "internal", rows: 1, errors: 0 },
    ]);
    expect(redactServices(touched(service("b"), service("a")), as("support")).map(({ name }) => name)).toEqual([
      "a for people",
      "b for people",
    ]);
    const { owner: _, ...unowned } = service("a");
    expect(redactServices(touched(unowned), as("engineer"))[0]).not.toHaveProperty("owner");
  });

  it("that the role may not name fall together, with nothing of any of them", () => {
    const inner = [service("zqone", { listed: false }), service("zqtwo", { listed: false })];
    const told = redactServices(touched(...inner), as("support"));
    expect(told).toEqual([{ name: "a service", audience: "product", rows: 3, errors: 1 }]);
    expect(redactServices(touched(...inner), as("vendor"))).toEqual([
      { name: "another service", audience: "product", rows: 3, errors: 1 },
    ]);
  });
});

describe("calls", () => {
  const call = (from: string, to: string, slowestNs: bigint, listed = true): ServiceCall => ({
    ...{ from: service(from, { listed }), to: service(to, { listed }), calls: 2, errors: 1, slowestNs },
  });

  it("come in the order of caller, then called", () => {
    const told = redactCalls([call("b", "a", 1n), call("a", "c", 1n), call("a", "b", 1n)], as("engineer"));
    expect(told.map(({ from, to }) => from + to)).toEqual(["ab", "ac", "ba"]);
  });

  it("between services that the role may not name fall together and add up", () => {
    const calls = [call("a", "b", 5n, false), call("c", "d", 9n, false), call("e", "f", 7n, false)];
    expect(redactCalls(calls, as("support"))).toEqual([{ from: "a service", to: "a service", calls: 6, errors: 3 }]);
    const same = [call("a", "b", 5n), call("a", "b", 9n), call("a", "b", 7n)];
    expect(redactCalls(same, as("engineer"))).toEqual([{ from: "a", to: "b", calls: 6, errors: 3, slowestNs: "9" }]);
  });

  it("of one pair are not those of another", () => {
    expect(redactCalls([call("a", "b", 1n), call("b", "a", 1n)], as("engineer"))).toHaveLength(2);
  });
});

describe("a gap", () => {
  const gap = (over: Partial<EvidenceGap>): EvidenceGap => ({
    reason: "timeout",
    detail: "No answer.",
    retryable: true,
    ...over,
  });
  const told = (role: Role, over: Partial<EvidenceGap>) => redactGaps([gap(over)], as(role))[0];

  it("names the kind of source to everybody and the source to those who read infrastructure", () => {
    expect(told("engineer", { source: "loki/zqmain" })).toMatchObject({ source: "loki", sourceId: "loki/zqmain" });
    expect(told("support", { source: "loki/zqmain" })).toMatchObject({ source: "loki" });
    expect(JSON.stringify(told("support", { source: "loki/zqmain" }))).not.toContain("zqmain");
    expect(told("engineer", {})).not.toHaveProperty("source");
    expect(told("engineer", {})).not.toHaveProperty("sourceId");
  });

  it("names keys and services as the role reads them, or not at all", () => {
    const keys = ["order:70001", `trace:${"c".repeat(32)}`];
    expect(told("support", { keys })?.keys).toEqual(["order:70001"]);
    expect(told("engineer", { keys })?.keys).toEqual(keys);
    expect(told("support", { keys: keys.slice(1) })).not.toHaveProperty("keys");
    expect(told("engineer", { keys: ["no key at all"] })).not.toHaveProperty("keys");
    expect(told("engineer", {})).not.toHaveProperty("keys");
    expect([told("engineer", { service: "zqapi" })?.service, told("support", { service: "zqapi" })?.service]).toEqual([
      "zqapi",
      "a service",
    ]);
    expect(told("vendor", { service: "zqapi" })?.service).toBe("another service");
  });

  it("says when, and how to go on, without telling where", () => {
    const window = { fromNs: anEpochNs("1795446843120345678"), toNs: anEpochNs("1795446843120345679") };
    expect(told("support", { window })?.window?.to).toBe("2026-11-23T15:14:03.120345679Z");
    const [one, other] = ["a", "b"].map((traceId) =>
      told("engineer", { source: "loki/zqmain", continuation: { kind: "trace", traceId, window } }),
    );
    expect(one?.continuation).toMatch(/^[\w-]{16}$/);
    expect(one?.continuation).not.toBe(other?.continuation);
    expect(told("engineer", { source: "loki/zqmain" })).not.toHaveProperty("continuation");
    for (const field of ["window", "service"]) expect(told("engineer", {})).not.toHaveProperty(field);
  });
});

describe("measurements", () => {
  const series: MetricSeries = {
    rawService: "zqraw",
    signal: "rate",
    unit: "requests/s",
    points: [
      [1, 2],
      [3, null],
    ],
  } as never;

  it("are there only for those who read infrastructure, under the canonical name", () => {
    const canonical = (raw: string) => raw.replace("raw", "api");
    expect(redactMetrics([series], canonical, as("engineer"))).toEqual([
      {
        service: "zqapi",
        signal: "rate",
        unit: "requests/s",
        points: [
          [1, 2],
          [3, null],
        ],
      },
    ]);
    for (const role of ["support", "manager", "vendor"])
      expect(redactMetrics([series], canonical, as(role))).toEqual([]);
  });
});
