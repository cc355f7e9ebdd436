/** Over HTTP, against the stand-in that answers as the recorded Loki did, with the recorded lines in it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLokiBackend } from "@/demo/backends/loki/loki-backend";
import { pushRecorded, recordedPushes } from "@/demo/backends/recorded-exchanges";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import type { EventSource } from "../source";
import { createLokiSource } from "./adapter";

const NOW_MS = Date.parse("2026-11-23T20:07:04Z");
const HOUR_MS = 3_600_000;
const window = { fromNs: epochNsFromMs(NOW_MS - 12 * HOUR_MS), toNs: epochNsFromMs(NOW_MS) };
const byOrder: EvidenceRequest = { kind: "by-key", key: { kind: "order", value: "48192" }, window };
const PUSHES = new URL("../../../demo/backends/loki/fixtures/dataset.jsonl.gz", import.meta.url);

async function ask(source: EventSource, request: EvidenceRequest, maxRows: number) {
  const budget = { deadlineAtMs: Date.now() + 60_000, maxRows, maxBytes: 10_000_000 };
  return source.fetch(request, budget, AbortSignal.timeout(60_000));
}

describe("the recorded estate, over HTTP", () => {
  const kept = createLokiBackend({ now: () => NOW_MS, retentionMs: Infinity });
  const shortLived = createLokiBackend({ now: () => NOW_MS, retentionMs: 2 * HOUR_MS });
  const sourceAt = (url: string, now: () => number) =>
    createLokiSource(SourceSettings.parse({ kind: "loki", url }), {
      http: createSourceHttp({ sourceId: "loki/main", baseUrl: url, allowPrivateAddress: true, now }),
      keyRules: builtInKeyRules(),
      now,
    });
  let source: EventSource;
  beforeAll(async () => {
    const url = await kept.listen();
    await pushRecorded(url, recordedPushes(PUSHES));
    source = sourceAt(url, Date.now);
  });
  afterAll(() => Promise.all([kept.close(), shortLived.close()]));

  it.each([2, 3, 7])("comes whole through fetches of %i rows and their rests", async (maxRows) => {
    const whole = await ask(source, byOrder, 5_000);
    expect(whole.gaps).toEqual([]);
    expect(whole.events.length).toBeGreaterThan(maxRows);
    const ids = new Set<string>();
    const gaps: EvidenceGap[] = [];
    for (let next: EvidenceRequest | undefined = byOrder; next !== undefined;) {
      const part = await ask(source, next, maxRows);
      for (const event of part.events) ids.add(event.id);
      gaps.push(...part.gaps.filter((gap) => gap.continuation === undefined));
      next = part.gaps.flatMap((gap) => gap.continuation ?? [])[0];
    }
    expect([...ids].sort()).toEqual([...new Set(whole.events.map((event) => event.id))].sort());
    expect(gaps).toEqual([]);
  });

  it("tells from the server itself which time it no longer keeps", async () => {
    const forgetful = sourceAt(await shortLived.listen(), () => NOW_MS);
    const budget = { deadlineAtMs: NOW_MS + 60_000, maxRows: 10, maxBytes: 1_000_000 };
    const { gaps } = await forgetful.fetch(byOrder, budget, AbortSignal.timeout(60_000));
    expect(gaps).toMatchObject([
      { reason: "retention", window: { fromNs: window.fromNs, toNs: epochNsFromMs(NOW_MS - 2 * HOUR_MS) } },
    ]);
  });
});
