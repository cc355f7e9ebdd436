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
import { OUT_OF_SCOPE } from "./out-of-scope";
import { createTempoBackend } from "./tempo-backend";

const EXCHANGES = recordedExchanges(new URL("./fixtures/exchanges.jsonl.gz", import.meta.url));
const PUSHES = recordedPushes(new URL("./fixtures/dataset.jsonl.gz", import.meta.url));
/** Lists whose order the real server leaves open. */
const UNORDERED = [
  "resourceSpans",
  "batches",
  "scopeSpans",
  "spans",
  "attributes",
  "events",
  "links",
  "traces",
  "spanSets",
  "tagValues",
  "scopes",
  "tags",
];

interface Member {
  readonly [key: string]: unknown;
}
const isMember = (value: unknown): value is Member =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function comparable(key: string, value: unknown): unknown {
  if (key === "metrics" || key === "spanSet") return undefined;
  const cut = cutSpans(value);
  if (!Array.isArray(cut) || !UNORDERED.includes(key)) return cut;
  const members: unknown[] = key === "resourceSpans" || key === "batches" ? cut.flatMap(flatSpans) : cut;
  return members.map((member) => canonicalJson(JSON.stringify(member), comparable) ?? "").sort();
}

/** Which spans of a longer set are shown is left open: only their number is compared. */
function cutSpans(value: unknown): unknown {
  if (!isMember(value) || typeof value["matched"] !== "number" || !Array.isArray(value["spans"])) return value;
  const { spans } = value;
  return value["matched"] > spans.length ? { ...value, spans: spans.length } : value;
}

/** The real server opens a new group where it likes, so every span is compared with its own resource and scope. */
function flatSpans(group: unknown): unknown[] {
  if (!isMember(group) || !Array.isArray(group["scopeSpans"])) return [group];
  const { resource, scopeSpans } = group;
  return scopeSpans.flatMap((held: unknown) =>
    isMember(held) && Array.isArray(held["spans"])
      ? held["spans"].map((span: unknown) => ({ resource, scope: held["scope"], span }))
      : [held],
  );
}

/** At the limit, the real server stops at any traces it found: only their number is compared. */
function isCut(exchange: RecordedExchange): boolean {
  const limit = Number(new URLSearchParams(exchange.request.target.split("?")[1]).get("limit") ?? "20");
  const parsed: unknown = JSON.parse(exchange.response.body ?? "null");
  return isMember(parsed) && Array.isArray(parsed["traces"]) && parsed["traces"].length >= limit;
}

function rows(body: string): unknown {
  const parsed: unknown = JSON.parse(body);
  return isMember(parsed) && Array.isArray(parsed["traces"]) ? parsed["traces"].length : undefined;
}

function fault(exchange: RecordedExchange, actual: ReplayedAnswer): string | undefined {
  const expected = exchange.response;
  if (expected.status !== actual.status) return `status ${String(actual.status)} for ${String(expected.status)}`;
  const type = (text: string): string => text.toLowerCase().split(";")[0] ?? "";
  if (type(expected.contentType) !== type(actual.contentType)) return `content type ${actual.contentType}`;
  const wanted = expected.body ?? "";
  if (expected.status >= 400) {
    // What stands behind "syntax error:" is the parser generator's own list of tokens.
    const cut = wanted.split(/(?<=syntax error:)/u)[0] ?? "";
    return actual.body.startsWith(cut) ? undefined : `text ${actual.body}`;
  }
  if (wanted.startsWith("{") && isCut(exchange))
    return rows(wanted) === rows(actual.body) ? undefined : "number of traces";
  const left = canonicalJson(wanted, comparable) ?? wanted;
  const right = canonicalJson(actual.body, comparable) ?? actual.body;
  if (left === right) return undefined;
  return "body";
}

describe("Tempo stand-in", () => {
  const backend = createTempoBackend({ now: () => Date.parse("2026-11-23T21:00:00Z"), retentionMs: Infinity });
  let base = "";
  beforeAll(async () => {
    base = await backend.listen();
    await pushRecorded(base, PUSHES);
  });
  afterAll(() => backend.close());

  it("answers every recorded request in scope as Tempo 3.0.3 did", async () => {
    const faults: string[] = [];
    let matched = 0;
    for (const exchange of EXCHANGES) {
      if (OUT_OF_SCOPE.some(({ test }) => test(exchange))) continue;
      const problem = fault(exchange, await replay(base, exchange));
      if (problem === undefined) matched += 1;
      else faults.push(`${exchange.name}: ${problem}`);
    }
    console.log(
      `Tempo: ${String(matched)} matched, ${String(faults.length)} not, of ${String(EXCHANGES.length)} recorded`,
    );
    expect(faults).toEqual([]);
    expect(matched).toBeGreaterThanOrEqual(254);
  });

  it("lists nothing as out of scope that was not recorded", () => {
    const idle = OUT_OF_SCOPE.filter(({ test }) => !EXCHANGES.some(test));
    expect(idle.map(({ because }) => because)).toEqual([]);
  });
});
