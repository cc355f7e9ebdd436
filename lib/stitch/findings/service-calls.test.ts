import { describe, expect, it } from "vitest";
import { aCall, stitchCalls } from "../testing/a-call";

const calls = (...events: Parameters<typeof stitchCalls>[0]) =>
  stitchCalls(events).calls.map(({ from, to, calls: count, errors, slowestNs }) => [
    `${from.name} → ${to.name}`,
    count,
    errors,
    slowestNs,
  ]);

describe("serviceCalls", () => {
  it("counts a call where the called span is in another service than its caller, with failures and the slowest", () => {
    expect(
      calls(
        aCall(0, "shop"),
        aCall(1, "stock", { parent: 0, took: 5 }),
        aCall(2, "stock", { parent: 0, took: 7, failed: true }),
        aCall(3, "shop", { parent: 0 }),
      ),
    ).toEqual([["shop → stock", 2, 1, 7_000_000n]]);
  });

  it("follows a link from a consumer to the message it took", () => {
    const took = aCall(1, "mailer", { trace: 1, kind: "consumer", links: [[0, 0]] });
    expect(calls(aCall(0, "shop", { kind: "producer" }), took)).toEqual([["shop → mailer", 1, 0, 10_000_000n]]);
  });

  it("names a peer that left no span of its own, under its known name where it has one", () => {
    expect(
      calls(
        aCall(0, "shop", { kind: "client", with: { "server.address": "pay.example:443" } }),
        aCall(1, "shop", { kind: "client", failed: true, with: { "url.full": "https://stock.prod.svc/items" } }),
        aCall(2, "stock", { trace: 1 }),
      ),
    ).toEqual([
      ["shop → pay.example", 1, 0, 10_000_000n],
      ["shop → stock", 1, 1, 10_000_000n],
    ]);
  });

  it("does not count a call twice when both sides recorded it", () => {
    expect(
      calls(aCall(0, "shop", { kind: "client", with: { "peer.service": "stock" } }), aCall(1, "stock", { parent: 0 })),
    ).toHaveLength(1);
  });

  it("counts a call as failed when the caller gave up although the called side ended well", () => {
    expect(
      calls(aCall(0, "shop", { kind: "client", failed: true }), aCall(1, "stock", { parent: 0 })).map((c) => c[2]),
    ).toEqual([1]);
  });
});
