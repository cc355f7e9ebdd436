/**
 * What every adapter owes the timeline, whatever its backend does. Each adapter's tests call this once.
 *
 *     describeSourceContract("loki", { create, okBody, requests: [byOrder, byTrace], rowCap: { … } });
 */
import { afterEach, describe, expect, it } from "vitest";
import type { EvidenceRequest, FetchBudget } from "@/lib/domain/evidence-request";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import type { EventSource } from "../source";
import { type FaultServer, type OkBody, startFaultServer } from "./fault-server";
import { CANARY, type Fault, FAULTS } from "./faults";

export interface SourceContract {
  /** A fresh source, with its own HTTP client, that allows private addresses. */
  readonly create: (baseUrl: string) => EventSource;
  /** Good answers for all paths the requests (and the probe) ask for; at least one event for the first request. */
  readonly okBody: OkBody;
  /** Each is put to every fault. */
  readonly requests: readonly [EvidenceRequest, ...EvidenceRequest[]];
  /** A backend that has more rows than asked for. */
  readonly rowCap?: { readonly request: EvidenceRequest; readonly okBody: OkBody; readonly maxRows: number };
  /** True where 404 means "no such record", an answer and not a gap (Tempo's trace by id). */
  readonly notFoundIsAnswer?: boolean;
}

/** For faults that end at the deadline, and for those that are tried again: a short one leaves no room to wait long. */
const BUDGET_MS = 300;
/** Above the budget, for a slow machine. Also the proof that a fetch ends by its deadline and not by the fault's. */
const PATIENCE_MS = 3000;
const MAX_BYTES = 1024 * 1024;
/** More than the client's slots and queue together. */
const CROWD = 60;
const faultNames = Object.keys(FAULTS) as Fault[]; // `Object.keys` widens; FAULTS is a literal without other keys.
const lastingFaults = faultNames.filter((name) => !name.endsWith("-once"));

export function describeSourceContract(name: string, contract: SourceContract): void {
  const servers: FaultServer[] = [];
  const serve = async (fault: Fault | "ok", okBody: OkBody = contract.okBody) => {
    const server = await startFaultServer(fault, okBody);
    servers.push(server);
    return { server, source: contract.create(server.url) };
  };
  const [firstRequest] = contract.requests;

  describe(`${name} keeps the source contract`, () => {
    afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

    describeAnswers(contract, serve);

    it.each(lastingFaults)("turns %s into a gap and leaks nothing", async (fault) => {
      const outcomes = await Promise.all(
        contract.requests.map(async (request) => {
          const { source } = await serve(fault);
          return inTime(source.fetch(request, budgetFor(fault), new AbortController().signal));
        }),
      );
      for (const outcome of outcomes) {
        expectNoLeak(outcome);
        if (fault === "status-404" && contract.notFoundIsAnswer === true) continue;
        expect(outcome.gaps.map((gap) => gap.reason)).toContain(FAULTS[fault].gap);
        expect(outcome.answered).toBe(false);
        expect(outcome.events).toEqual([]);
      }
    });

    it("answers again after the backend has recovered", async () => {
      const { source } = await serve("status-500-once");
      const signal = new AbortController().signal;
      const before = await inTime(source.fetch(firstRequest, budget(), signal));
      expectNoLeak(before);
      expect(before.gaps.map((gap) => gap.reason)).toContain("refused");
      const after = await inTime(source.fetch(firstRequest, budget(PATIENCE_MS), signal));
      expect(after.answered).toBe(true);
      expect(after.gaps.map((gap) => gap.reason)).not.toContain("refused");
    });

    it("ends as soon as the asker leaves and says that the answer is missing", async () => {
      const { server, source } = await serve("accept-no-headers");
      const asker = new AbortController();
      const outcome = source.fetch(firstRequest, budget(600_000), asker.signal);
      await server.firstRequest;
      asker.abort();
      const { answered, gaps } = await inTime(outcome);
      expect(answered).toBe(false);
      expect(gaps.length).toBeGreaterThan(0);
    });

    it("does not ask at all when the asker has left already", async () => {
      const { server, source } = await serve("ok");
      const outcome = await inTime(source.fetch(firstRequest, budget(), AbortSignal.abort()));
      expect(outcome.answered).toBe(false);
      expect(server.requests).toEqual([]);
    });

    it("says busy, and still ends in time, when too many ask at once", async () => {
      const { source } = await serve("accept-no-headers");
      const signal = new AbortController().signal;
      const asked = Array.from({ length: CROWD }, () => source.fetch(firstRequest, budget(), signal));
      const reasons = (await inTime(Promise.all(asked))).flatMap(({ gaps }) => gaps.map((gap) => gap.reason));
      expect(reasons).toContain("busy");
      expect(reasons).toContain("timeout");
    });

    describeProbe(serve);
  });
}

type Serve = (fault: Fault | "ok", okBody?: OkBody) => Promise<{ server: FaultServer; source: EventSource }>;

function describeAnswers(contract: SourceContract, serve: Serve): void {
  it("answers each request with events of its own source and the queries it sent", async () => {
    const { source } = await serve("ok");
    for (const [index, request] of contract.requests.entries()) {
      expect(source.answers.has(request.kind)).toBe(true);
      const outcome = await inTime(source.fetch(request, budget(PATIENCE_MS), new AbortController().signal));
      expect(outcome.answered).toBe(true);
      expect(outcome.source).toBe(source.id);
      expect(outcome.queries.length).toBeGreaterThan(0);
      if (index === 0) expect(outcome.events.length + outcome.metrics.length).toBeGreaterThan(0);
      expect(outcome.events.filter((event) => event.source !== source.id)).toEqual([]);
    }
  });

  it("gives the same outcome when asked the same again", async () => {
    const { source } = await serve("ok");
    const ask = () => source.fetch(contract.requests[0], budget(PATIENCE_MS), new AbortController().signal);
    const [first, second] = [await inTime(ask()), await inTime(ask())];
    expect({ ...second, elapsedMs: 0 }).toEqual({ ...first, elapsedMs: 0 });
  });

  const { rowCap } = contract;
  if (rowCap === undefined) return;
  it("keeps to the row limit and says that there is more", async () => {
    const { source } = await serve("ok", rowCap.okBody);
    const limited = { ...budget(PATIENCE_MS), maxRows: rowCap.maxRows };
    const outcome = await inTime(source.fetch(rowCap.request, limited, new AbortController().signal));
    expect(outcome.events.length).toBeLessThanOrEqual(rowCap.maxRows);
    expect(outcome.events.length).toBeGreaterThan(0);
    expect(outcome.gaps.map((gap) => gap.reason)).toContain("truncated");
  });
}

function describeProbe(serve: Serve): void {
  it("probes a healthy backend as healthy", async () => {
    const { source } = await serve("ok");
    expect(await inTime(source.probe(AbortSignal.timeout(PATIENCE_MS)))).toMatchObject({ ok: true });
  });

  it.each(["refuse", "accept-no-headers", "status-401", "status-503", "login-page", "redirect"] as const)(
    "probes a backend with %s as failing, in our own words",
    async (fault) => {
      const { source } = await serve(fault);
      const result = await inTime(source.probe(AbortSignal.timeout(BUDGET_MS)));
      expect(result.ok).toBe(false);
      expect(JSON.stringify(result)).not.toContain(CANARY);
      if (!result.ok) expect(result.detail).not.toBe("");
    },
  );
}

function budgetFor(fault: Fault): FetchBudget {
  const { gap } = FAULTS[fault];
  // The rest answer at once and are given time, lest a busy machine turn them into timeouts.
  return budget(gap === "timeout" || gap === "refused" || gap === "rate-limited" ? BUDGET_MS : PATIENCE_MS);
}

function budget(forMs = BUDGET_MS): FetchBudget {
  return { deadlineAtMs: Date.now() + forMs, maxRows: 1000, maxBytes: MAX_BYTES };
}

function expectNoLeak(outcome: SourceOutcome): void {
  const written = JSON.stringify(outcome, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  expect(written).not.toContain(CANARY);
  for (const gap of outcome.gaps) expect(gap.detail).not.toMatch(/127\.0\.0\.1|https?:/);
}

/** Fails the test instead of hanging it, with a message that names the promise that was broken. */
async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the source did not keep to its budget")), PATIENCE_MS + 1000);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
