import { afterEach, describe, expect, it, vi } from "vitest";
import { type OkBody, startFaultServer } from "@/lib/sources/testing/fault-server";
import type { Fault } from "@/lib/sources/testing/faults";
import { createSourceHttp, type SourceHttpOptions } from "./create-source-http";
import type { SourceHttpBudget, SourceHttpRequest } from "./source-http";

const MIB = 1024 * 1024;
const READ: SourceHttpRequest = { operation: "test.read", method: "GET", path: "/api/read" };
const nobodyLeaves = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];

function within(forMs: number, maxBytes = MIB): SourceHttpBudget {
  return { deadlineAtMs: Date.now() + forMs, maxBytes };
}

async function ask(fault: Fault | "ok", okBody?: OkBody, options: Partial<SourceHttpOptions> = {}) {
  const server = await startFaultServer(fault, okBody);
  // The lowest jitter, so that a retry costs a test 100 ms.
  const http = createSourceHttp({
    sourceId: "loki/product",
    baseUrl: server.url,
    allowPrivateAddress: true,
    random: () => 0,
    ...options,
  });
  opened.push(http, server);
  return { server, http };
}

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

describe("the queue", () => {
  it("keeps 8 requests in flight and 32 waiting, and turns the next away at once", async () => {
    const { server, http } = await ask("accept-no-headers");
    const asker = new AbortController();
    const asked = Array.from({ length: 41 }, () => http.send(READ, within(600_000), asker.signal));
    expect(await asked[40]).toMatchObject({ kind: "busy", attempts: 0 });
    await vi.waitFor(() => expect(server.requests).toHaveLength(8));
    asker.abort();
    const kinds = (await Promise.all(asked.slice(0, 40))).map((result) => !result.ok && result.kind);
    expect(new Set(kinds)).toEqual(new Set(["aborted"]));
    expect(server.requests).toHaveLength(8);
  });
});

describe("the circuit breaker", () => {
  const fail = async (http: ReturnType<typeof createSourceHttp>, times: number) => {
    for (let n = 0; n < times; n += 1) await http.send(READ, within(2000), nobodyLeaves);
  };

  it("stops asking after five failures in a row, one operation apart from the other", async () => {
    const { server, http } = await ask("status-500");
    await fail(http, 5);
    expect(await http.send(READ, within(2000), nobodyLeaves)).toMatchObject({ kind: "refused", attempts: 0 });
    expect(server.requests).toHaveLength(5);
    expect(http.openOperations()).toEqual(["test.read"]);
    await http.send({ ...READ, operation: "test.other" }, within(2000), nobodyLeaves);
    expect(server.requests).toHaveLength(6);
  });

  it("does not take a refusal of our question for an outage", async () => {
    const { http } = await ask("status-422");
    await fail(http, 8);
    expect(http.openOperations()).toEqual([]);
  });

  it("does not take a large answer or a leaving asker for an outage", async () => {
    const { http } = await ask("ok", "x".repeat(100));
    for (let n = 0; n < 8; n += 1) {
      await http.send(READ, within(2000, 10), nobodyLeaves);
      await http.send(READ, within(2000), AbortSignal.abort());
    }
    expect(http.openOperations()).toEqual([]);
  });

  it("asks again after a pause and closes when that works", async () => {
    let nowMs = Date.now();
    let down = true;
    const { http } = await ask("ok", () => ({ status: down ? 500 : 200, body: "{}" }), { now: () => nowMs });
    const send = () => http.send(READ, { deadlineAtMs: nowMs + 2000, maxBytes: MIB }, nobodyLeaves);
    for (let n = 0; n < 5; n += 1) await send();
    down = false;
    expect(await send()).toMatchObject({ kind: "refused", attempts: 0 });
    nowMs += 10_000;
    expect(await send()).toMatchObject({ ok: true });
    expect(http.openOperations()).toEqual([]);
  });
});
