import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { LabelSet } from "./label-set";
import { OUT_OF_SCOPE, outOfScopeReason } from "./out-of-scope";
import { createPrometheusBackend } from "./prometheus-backend";
import { sameAnswer } from "./same-answer";
import { SeriesStore } from "./series-store";

const Exchange = z.object({
  name: z.string(),
  request: z.object({
    method: z.string(),
    target: z.string(),
    form: z.array(z.tuple([z.string(), z.string()])).optional(),
    body: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  response: z.object({ status: z.number(), contentType: z.string(), body: z.string() }),
});
type Exchange = z.infer<typeof Exchange>;

const Run = z.object({
  kind: z.enum(["history", "window", "odd", "alerts"]),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  start: z.number().optional(),
  step: z.number().optional(),
  values: z.array(z.number().nullable()).optional(),
  samples_ms: z.array(z.tuple([z.number(), z.string()])).optional(),
  runs: z.array(z.object({ start: z.number(), end: z.number(), value: z.union([z.string(), z.number()]) })).optional(),
  exemplars: z.array(z.tuple([z.record(z.string(), z.string()), z.number(), z.number()])).optional(),
});

function readLines(file: string): unknown[] {
  const text = gunzipSync(readFileSync(new URL(`./fixtures/${file}`, import.meta.url))).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

function goNumber(text: string): number | "stale" {
  if (text === "stale") return "stale";
  return text.endsWith("Inf") ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}

function loadStore(): SeriesStore {
  const store = new SeriesStore();
  for (const line of readLines("dataset.jsonl.gz")) {
    const run = Run.parse(line);
    const series = store.seriesOf(LabelSet.of({ ...run.labels, __name__: run.name }));
    const startMs = (run.start ?? 0) * 1000;
    const stepMs = (run.step ?? 0) * 1000;
    run.values?.forEach((value, index) => {
      if (value !== null) series.append(startMs + index * stepMs, value);
    });
    for (const [atMs, value] of run.samples_ms ?? []) series.append(atMs, goNumber(value));
    for (const { start, end, value } of run.runs ?? []) {
      for (let atMs = start; atMs <= end; atMs += stepMs) series.append(atMs, Number(value));
      series.append(end + stepMs, "stale");
    }
    for (const [labels, value, atMs] of run.exemplars ?? []) series.exemplars.push({ labels, value, atMs });
  }
  return store;
}

describe("Prometheus demo backend against recorded answers", () => {
  const exchanges = readLines("exchanges.jsonl.gz").map((line) => Exchange.parse(line));
  // The recording was made some hours after the data; "now" has no samples.
  const backend = createPrometheusBackend({ now: () => 1_795_464_500_000, store: loadStore() });
  let base = "";
  beforeAll(async () => {
    base = await backend.listen();
  });
  afterAll(() => backend.close());

  async function replay({ name, request, response }: Exchange): Promise<string> {
    const isForm = request.form !== undefined;
    const body = request.form ? new URLSearchParams(request.form).toString() : (request.body ?? null);
    const given = Object.fromEntries(
      Object.entries(request.headers ?? {}).filter(([header]) => header.toLowerCase() === "content-type"),
    );
    const answer = await fetch(base + request.target, {
      method: request.method,
      headers: isForm ? { "content-type": "application/x-www-form-urlencoded" } : given,
      body: request.method === "GET" || request.method === "HEAD" ? null : body,
    });
    const got = await answer.text();
    if (answer.status !== response.status)
      return `${name}: status ${String(answer.status)} instead of ${String(response.status)}: ${got.slice(0, 300)}`;
    const difference = sameAnswer(response.body, got);
    return difference === undefined ? "" : `${name}: ${difference}`;
  }

  it("gives the recorded status and body for every exchange that is not listed as out of scope", async () => {
    const inScope = exchanges.filter((exchange) => outOfScopeReason(exchange.name) === undefined);
    const differences: string[] = [];
    for (const exchange of inScope) {
      const difference = await replay(exchange);
      if (difference !== "") differences.push(difference);
    }
    const matched = inScope.length - differences.length;
    console.log(
      `Prometheus recordings: ${String(matched)} of ${String(exchanges.length)} exchanges matched, ${String(exchanges.length - inScope.length)} out of scope`,
    );
    expect(differences).toEqual([]);
  });

  it("lists nothing as out of scope that was not recorded", () => {
    const unused = OUT_OF_SCOPE.filter(([pattern]) => !exchanges.some(({ name }) => pattern.test(name)));
    expect(unused).toEqual([]);
  });
});
