import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canonicalJson,
  pushRecorded,
  type RecordedExchange,
  recordedExchanges,
  recordedPushes,
  replay,
  type ReplayedAnswer,
} from "../recorded-exchanges";
import { createLokiBackend } from "./loki-backend";
import { OUT_OF_SCOPE } from "./out-of-scope";

const EXCHANGES = recordedExchanges(new URL("./fixtures/exchanges.jsonl.gz", import.meta.url));
const PUSHES = recordedPushes(new URL("./fixtures/dataset.jsonl.gz", import.meta.url));

/** Statistics are about the server; streams, series, and entries of one instant have no fixed order. */
function comparable(key: string, value: unknown): unknown {
  if (key === "stats") return undefined;
  if (!Array.isArray(value) || !["result", "data", "values"].includes(key)) return value;
  const members: unknown[] = value;
  return members.map((member) => JSON.stringify(canonicalise(member))).sort();
}

function canonicalise(member: unknown): unknown {
  return JSON.parse(canonicalJson(JSON.stringify(member), comparable) ?? "null");
}

function fault(expected: RecordedExchange["response"], actual: ReplayedAnswer): string | undefined {
  if (expected.status !== actual.status) return `status ${String(actual.status)} for ${String(expected.status)}`;
  const type = (text: string): string => text.toLowerCase().split(";")[0] ?? "";
  if (type(expected.contentType) !== type(actual.contentType)) return `content type ${actual.contentType}`;
  const wanted = expected.body ?? "";
  // What stands behind "syntax error:" is the parser generator's own list of tokens.
  const cut = wanted.split(/(?<=syntax error:)|, body: |error parsing regexp:|loghttp.PushRequest.Streams:/u)[0] ?? "";
  if (expected.status >= 400 && !wanted.startsWith("{"))
    return actual.body.startsWith(cut) ? undefined : `text ${actual.body}`;
  const left = canonicalJson(wanted, comparable) ?? wanted;
  const right = canonicalJson(actual.body, comparable) ?? actual.body;
  if (left === right) return undefined;
  return "body";
}

describe("Loki stand-in", () => {
  const backend = createLokiBackend({ now: () => Date.parse("2026-11-23T20:07:04Z"), retentionMs: Infinity });
  let base = "";
  beforeAll(async () => {
    base = await backend.listen();
    await pushRecorded(base, PUSHES);
  });
  afterAll(() => backend.close());

  it("answers every recorded request in scope as Loki 3.4.6 did", async () => {
    const faults: string[] = [];
    let matched = 0;
    for (const exchange of EXCHANGES) {
      if (OUT_OF_SCOPE.some(({ test }) => test(exchange))) continue;
      const problem = fault(exchange.response, await replay(base, exchange));
      if (problem === undefined) matched += 1;
      else faults.push(`${exchange.name}: ${problem}`);
    }
    console.log(
      `Loki: ${String(matched)} matched, ${String(faults.length)} not, of ${String(EXCHANGES.length)} recorded`,
    );
    expect(faults).toEqual([]);
    expect(matched).toBeGreaterThanOrEqual(247);
  });

  it("lists nothing as out of scope that was not recorded", () => {
    const idle = OUT_OF_SCOPE.filter(({ test }) => !EXCHANGES.some(test));
    expect(idle.map(({ because }) => because)).toEqual([]);
  });
});
