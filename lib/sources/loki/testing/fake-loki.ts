/** A `SourceHttp` that holds lines and answers `query_range` as Loki does: limit over all streams, arbitrary ties. */
import type { SourceHttp, SourceHttpRequest, SourceHttpResult } from "@/lib/platform/source-http";

export interface FakeLine {
  readonly labels: Readonly<Record<string, string>>;
  readonly atNs: string;
  readonly line: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface FakeLoki extends SourceHttp {
  readonly asked: SourceHttpRequest[];
}

export function fakeLoki(
  lines: readonly FakeLine[],
  options: {
    readonly maxEntries?: number;
    readonly matches?: (logql: string, line: FakeLine) => boolean;
    /** What it publishes; a server before 3.6 when absent. Asking for it is not recorded. */
    readonly limits?: object;
    readonly refuse?: (form: Map<string, string>) => SourceHttpResult | undefined;
  } = {},
): FakeLoki {
  const asked: SourceHttpRequest[] = [];
  return {
    asked,
    async send(request, budget) {
      if (request.path.endsWith("/drilldown-limits")) return published(options.limits);
      asked.push(request);
      const form = new Map(request.form ?? []);
      const refusal = options.refuse?.(form);
      if (refusal) return refusal;
      const limit = Number(form.get("limit"));
      const max = options.maxEntries ?? 5_000;
      if (limit > max) {
        const text = `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${max})`;
        return failed(400, text);
      }
      const matches = options.matches ?? containsLiteral;
      const [start, end] = [BigInt(form.get("start") ?? 0), BigInt(form.get("end") ?? 0)];
      const found = lines
        .filter(
          (line) => BigInt(line.atNs) >= start && BigInt(line.atNs) < end && matches(form.get("query") ?? "", line),
        )
        // Ties come in an order of the server's own.
        .sort((a, b) => (a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : reversed(a.line) < reversed(b.line) ? -1 : 1))
        .slice(0, limit);
      const text = answerOf(found);
      if (text.length > budget.maxBytes) return { ok: false, kind: "too-large", attempts: 1 };
      return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
    },
  };
}

function published(limits: object | undefined): SourceHttpResult {
  if (limits === undefined) return failed(404, "404 page not found\n");
  const text = JSON.stringify({ limits, pattern_ingester_enabled: false, version: "3.6.0" });
  return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
}

export function failed(status: number, text: string): SourceHttpResult {
  return { ok: false, kind: "status", status, text, headers: {}, attempts: 1 };
}

export function answerOf(lines: readonly FakeLine[]): string {
  const streams = new Map<string, { stream: object; values: unknown[] }>();
  for (const { labels, atNs, line, metadata } of lines) {
    const name = JSON.stringify(labels);
    const stream = streams.get(name) ?? { stream: labels, values: [] };
    stream.values.push([atNs, line, metadata ? { structuredMetadata: metadata } : {}]);
    streams.set(name, stream);
  }
  const result = [...streams.values()].sort((a, b) => (JSON.stringify(a.stream) < JSON.stringify(b.stream) ? 1 : -1));
  return JSON.stringify({ status: "success", data: { resultType: "streams", result } });
}

/** Line filters by substring, label filters by equality: enough for our own templates. */
function containsLiteral(logql: string, line: FakeLine): boolean {
  const filter = /\|= ("(?:[^"\\]|\\.)*")$/.exec(logql)?.[1];
  if (filter !== undefined) return line.line.includes(JSON.parse(filter) as string);
  const own = { ...line.labels, ...line.metadata };
  return [...logql.matchAll(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*")/g)].some(
    ([, name = "", value = '""']) => own[name] === (JSON.parse(value) as string),
  );
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
