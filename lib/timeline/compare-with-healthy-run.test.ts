/** The whole road over real HTTP, against a stand-in for Tempo that answers TraceQL. */
import { afterEach, describe, expect, it } from "vitest";
import { createTempoBackend } from "@/demo/backends/tempo/tempo-backend";
import { mergeExpansionRules, mergeKeyRules } from "@/lib/config/merge-rules";
import type { ComparisonView } from "@/lib/contract/comparison-view";
import { Configuration } from "@/lib/domain/configuration";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { Role } from "@/lib/domain/role";
import { anAccess } from "@/lib/redact/testing/an-access";
import { compareRunOf } from "./compare-with-healthy-run";
import { createTimelineDeps, type TimelineDeps } from "./timeline-deps";

const NOW = 1_795_446_900_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((backend) => backend.close()));
});

type Span = Parameters<ReturnType<typeof createTempoBackend>["push"]>[0][number];

interface Told {
  readonly order: string;
  readonly atMs: number;
  readonly version?: string;
  /** Milliseconds that the stock service takes. */
  readonly stockMs?: number;
  readonly failed?: boolean;
  readonly withoutRoot?: boolean;
  readonly stockName?: string;
}

/** shop → stock: one page view. Ids from a small number. */
function aRun(n: number, told: Told): Span[] {
  const { order, atMs, version = "1.0", stockMs = 20, failed = false } = told;
  const ns = (ms: number) => String(BigInt(Math.round(ms)) * 1_000_000n);
  const traceId = n.toString(16).padStart(32, "c");
  const status = failed ? { status: "error" as const } : {};
  const shop = { "service.name": "zqshop", "service.version": version };
  const root: Span = {
    ...{ traceId, spanId: `${n}1`.padStart(16, "d"), name: "GET /orders/{id}", kind: "server", ...status },
    ...{ startNs: ns(atMs), endNs: ns(atMs + stockMs + 10), resource: shop, attributes: { "order.id": order } },
  };
  const stock: Span = {
    ...{
      traceId,
      spanId: `${n}2`.padStart(16, "d"),
      parentSpanId: root.spanId,
      name: told.stockName ?? "read stock",
      kind: "server",
    },
    ...{ ...status, startNs: ns(atMs + 5), endNs: ns(atMs + 5 + stockMs), resource: { "service.name": "zqstock" } },
    attributes: { "order.id": order },
  };
  return told.withoutRoot ? [stock] : [root, stock];
}

const BROKEN: Told = { order: "48192", atMs: NOW - HOUR / 2, stockMs: 900, failed: true };

async function compare(
  runs: readonly Told[],
  role: Role = "engineer",
  changed: (deps: TimelineDeps) => TimelineDeps = (deps) => deps,
): Promise<ComparisonView> {
  const backend = createTempoBackend({ now: () => NOW, retentionMs: Infinity });
  open.push(backend);
  backend.push(runs.flatMap((told, n) => aRun(n + 1, told)));
  const settings = Configuration.parse({ sources: [{ kind: "tempo", url: await backend.listen() }] });
  const complete = { ...settings, keys: mergeKeyRules([]), expansion: mergeExpansionRules([]) };
  const keys = { pseudonymKey: Buffer.alloc(32), idKey: Buffer.alloc(32) };
  const deps = changed(createTimelineDeps(complete, keys));
  const window = { fromNs: epochNsFromMs(NOW - HOUR), toNs: epochNsFromMs(NOW) };
  const asked = { keys: [{ kind: "order", value: "48192" }], window };
  const sealed = await compareRunOf(
    { asked, unlinks: [], access: anAccess(role) },
    undefined,
    deps,
    new AbortController().signal,
  );
  if (!sealed) throw new Error("the asker left");
  return sealed.reveal();
}

/** A search for runs takes as long as a question may. */
function withSlowRuns(deps: TimelineDeps): TimelineDeps {
  let lateMs = 0;
  const sources = [...deps.sources].map(([id, source]): [typeof id, typeof source] => {
    const fetch: typeof source.fetch = async (request, ...rest) => {
      const outcome = await source.fetch(request, ...rest);
      if (request.kind === "runs") lateMs += deps.limits.totalSeconds * 1000;
      return outcome;
    };
    return [id, { ...source, fetch }];
  });
  return { ...deps, sources: new Map(sources), now: () => deps.now() + lateMs };
}

describe("compareWithHealthyRun", () => {
  it("finds a healthy run of the same workflow near in time and names the slow step first", async () => {
    const view = await compare([BROKEN, { order: "48200", atMs: NOW - HOUR }]);
    expect(view).toMatchObject({ state: "compared", candidates: 1, healthyCandidates: 1 });
    expect(view.differences[0]).toMatchObject({ service: "zqstock", operation: "read stock", outcome: "error" });
  });

  it("prefers runs of the same version, however many of another one are nearer", async () => {
    const other = [1, 2, 3].map((n) => ({ order: `4820${n}`, atMs: NOW - HOUR / 2 - n * 1_000, version: "0.9" }));
    const view = await compare([BROKEN, ...other, { order: "48210", atMs: NOW - HOUR }]);
    expect(view.healthy.map((run) => run.sameVersion)).toEqual([true]);
  });

  it("looks at the same time of the day before when the hour holds no healthy run", async () => {
    const view = await compare([BROKEN, { ...BROKEN, order: "48201" }, { order: "48202", atMs: BROKEN.atMs - DAY }]);
    expect(view.healthy.map((run) => run.distanceNs)).toEqual([String(-BigInt(DAY) * 1_000_000n)]);
  });

  it("says why when no other run ended well", async () => {
    const view = await compare([BROKEN, { ...BROKEN, order: "48201", atMs: NOW - HOUR }]);
    expect(view).toMatchObject({ state: "no-healthy-run", differences: [] });
    expect(view.sentence).toContain("no other run");
  });

  it("names only the places that were searched when the time is over, and says that it was", async () => {
    const view = await compare([BROKEN], "engineer", withSlowRuns);
    expect(view.sentence).toMatch(/\(the hour around it\)\.$/);
    expect(view.gaps).toContainEqual(expect.objectContaining({ reason: "timeout", retryable: true }));
  });

  it("compares with no run that came in part, and says that something was cut off", async () => {
    const healthy = ["48200", "48201"].map((order) => ({ order, atMs: NOW - HOUR }));
    const view = await compare([BROKEN, ...healthy], "engineer", (deps) => {
      return { ...deps, limits: { ...deps.limits, rowsPerFetch: 3 } };
    });
    expect(view).toMatchObject({ state: "compared", candidates: 1 });
    expect(view.gaps.map(({ reason }) => reason)).toContain("truncated");
  });

  it("shows nothing personal of another customer's step name", async () => {
    const named = { order: "48200", atMs: NOW - HOUR, stockName: "mail to zq.customer@hidden.example" };
    const view = await compare([BROKEN, named]);
    expect(view.differences.map(({ difference }) => difference)).toContain("missing");
    expect(JSON.stringify(view)).not.toContain("zq.customer");
  });

  it("compares from the first recorded step on when the beginning is not recorded, and says so", async () => {
    const view = await compare([
      { ...BROKEN, withoutRoot: true },
      { order: "48200", atMs: NOW - HOUR },
    ]);
    expect(view).toMatchObject({ state: "compared", partial: true, run: { steps: 1 } });
    expect(view.differences.map((step) => step.operation)).toEqual(["read stock"]);
    expect(view.partialSentence).toContain("first recorded step");
  });

  it("says so when the timeline holds no trace", async () => {
    expect((await compare([{ order: "48200", atMs: NOW - HOUR }])).state).toBe("no-run");
  });

  it.each(["engineer", "support", "manager", "admin"] as const)(
    "tells %s nothing of the other customer's order",
    async (role) => {
      const view = await compare([BROKEN, { order: "73501", atMs: NOW - HOUR }], role);
      expect(view.state).toBe("compared");
      expect(JSON.stringify(view)).not.toContain("73501");
    },
  );

  it.each(["support", "manager"] as const)("tells %s which steps differ, without names, times or ids", async (role) => {
    const view = await compare([BROKEN, { order: "48200", atMs: NOW - HOUR }], role);
    expect(view.differences.length).toBeGreaterThan(0);
    for (const hidden of ["zq", "read stock", "durationNs", "hereNs", "cccc", "1.0"]) {
      expect(JSON.stringify(view)).not.toContain(hidden);
    }
  });
});
