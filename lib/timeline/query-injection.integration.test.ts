/** Hostile ids through the whole road to fake backends: what arrives there is read with the backends' own grammars. */
import { parser as logql } from "@grafana/lezer-logql";
import { parser as traceql } from "@grafana/lezer-traceql";
import { parser as promql } from "@prometheus-io/lezer-promql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mergeExpansionRules, mergeKeyRules } from "@/lib/config/merge-rules";
import { Configuration } from "@/lib/domain/configuration";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { SOURCE_KINDS, type SourceKind } from "@/lib/domain/source-id";
import { anAccess } from "@/lib/redact/testing/an-access";
import { startFaultServer, type FaultRequest, type FaultServer } from "@/lib/sources/testing/fault-server";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "./open-timeline";
import { createTimelineDeps, type TimelineDeps } from "./timeline-deps";

const NOW = 1_795_446_900_000;
const OUT = [
  '"',
  "'",
  "`",
  "\\",
  '\\"',
  '"}',
  "'}",
  "`}",
  '")',
  '\\\\"',
  "\n",
  "\r\n",
  "\u2028",
  "\u0000",
  "*/",
  "\ud83d\ude00",
];
const THEN = [
  " or 1=1",
  '} | json | line_format "{{.secret}}"',
  '"} or {service_name=~".+"} |= "',
  " || true } | { .a = ",
  ' }) or vector(1) or ({a="',
  " OR event.type:error OR user.email:*",
  '" OR "" OR "',
  "*",
  "/../../admin?x=1#y",
  "%22%7D%0A",
  "$(id) ; ${7*7} {{7*7}}",
  ',__proto__="x"',
  '=~".*"',
];
/** What must never change a query: 16 ways out of a literal times 13 things to say then. */
const PAYLOADS = OUT.flatMap((out) => THEN.map((then) => `48192${out}${then}`));
const PLAIN = ["48192", "v", "ab-1.2", "a b"];

const servers = new Map<SourceKind, FaultServer>();
let deps: TimelineDeps;
let asked: string;

const ANSWERS: Record<SourceKind, (request: FaultRequest) => string> = {
  // The line names the asked id and comes from a service of that name: the next queries carry it too.
  loki: () =>
    JSON.stringify({
      status: "success",
      data: {
        resultType: "streams",
        encodingFlags: ["categorize-labels"],
        result: [
          {
            stream: { service_name: asked },
            values: [
              ["1795446844510345678", JSON.stringify({ order_id: asked }), { structuredMetadata: { order_id: asked } }],
            ],
          },
        ],
      },
    }),
  tempo: () => JSON.stringify({ traces: [], metrics: {} }),
  prometheus: ({ path }) =>
    JSON.stringify({
      status: "success",
      data: path.endsWith("query_range") ? { resultType: "matrix", result: [] } : [],
    }),
  alertmanager: () => "[]",
  sentry: ({ path }) =>
    path.endsWith("/releases/")
      ? JSON.stringify([{ version: asked, dateCreated: "2026-11-23T10:14:00Z", projects: [{ slug: asked }] }])
      : JSON.stringify(path.endsWith("/events/") ? { data: [] } : []),
};

beforeAll(async () => {
  for (const kind of SOURCE_KINDS) servers.set(kind, await startFaultServer("ok", ANSWERS[kind]));
  const sources = [...servers].map(([kind, { url }]) => ({ kind, url, ...(kind === "sentry" && { org: "shop" }) }));
  const settings = Configuration.parse({ sources, limits: { totalSeconds: 10, sourceSeconds: 5 } });
  const complete = { ...settings, keys: mergeKeyRules([]), expansion: mergeExpansionRules([]) };
  deps = createTimelineDeps(complete, { pseudonymKey: Buffer.alloc(32), idKey: Buffer.alloc(32) });
});
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.close()));
});

type Sent = FaultRequest & { readonly kind: SourceKind };

/** Every request that one question sends. */
async function sentFor(value: string): Promise<Sent[]> {
  asked = value;
  const before = new Map([...servers].map(([kind, { requests }]) => [kind, requests.length]));
  const question = {
    keys: [{ kind: "order", value }],
    window: { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) },
  };
  await collectAnswer(openTimeline(anAccess("engineer"), question, deps, new AbortController().signal));
  return [...servers].flatMap(([kind, { requests }]) =>
    requests.slice(before.get(kind)).map((request) => ({ ...request, kind })),
  );
}

const parameter = ({ query, form }: FaultRequest, name: string) => form.get(name) ?? query.get(name);

interface Shape {
  readonly nodes: string;
  readonly literals: readonly string[];
  readonly broken: boolean;
}

/** Lists of alternatives may be longer for one value than for another; what they are made of may not differ. */
function shapeOf(parser: typeof logql, text: string, literal: string): Shape {
  const nodes: string[] = [];
  const literals: string[] = [];
  let broken = false;
  parser.parse(text).iterate({
    enter({ name, type, from, to }) {
      broken ||= type.isError;
      nodes.push(name);
      // JSON's escapes are a subset of Go's, which all three languages use.
      if (name === literal) literals.push(String(JSON.parse(text.slice(from, to))));
    },
  });
  return { nodes: [...new Set(nodes)].sort().join(" "), literals, broken };
}

const LANGUAGES = {
  loki: { parser: logql, parameter: "query", literal: "String" },
  tempo: { parser: traceql, parameter: "q", literal: "String" },
  prometheus: { parser: promql, parameter: "query", literal: "StringLiteral" },
} as const;

function shapesOf(sent: readonly Sent[], kind: keyof typeof LANGUAGES): Shape[] {
  const { parser, parameter: name, literal } = LANGUAGES[kind];
  return sent
    .filter((request) => request.kind === kind)
    .flatMap((request) => parameter(request, name) ?? [])
    .map((text) => shapeOf(parser, text, literal));
}

/** Sentry's own rule: inside quotes only `\"` is an escape. Undefined when anything stands outside `column:"…"` joined by OR. */
function sentryTerms(query: string): string[] | undefined {
  const whole = /^\(?(?:[\w.[\]-]+:"(?:\\"|[^"])*"(?: OR (?=\S))?)+\)?(?: !event\.type:transaction)?$/;
  if (!whole.test(query)) return undefined;
  return [...query.matchAll(/:"((?:\\"|[^"])*)"/g)].map(([, text = ""]) =>
    text.replaceAll('\\"', '"').replaceAll("\\*", "*"),
  );
}

describe("an id out of the browser", () => {
  const plain: Sent[] = [];
  beforeAll(async () => {
    for (const value of PLAIN) plain.push(...(await sentFor(value)));
  }, 60_000);

  it("reaches every backend when it is a plain one", () => {
    expect(new Set(plain.map(({ kind }) => kind))).toEqual(new Set(SOURCE_KINDS));
    for (const kind of ["loki", "tempo"] as const) {
      expect(shapesOf(plain, kind).flatMap(({ literals }) => literals)).toContain("ab-1.2");
    }
    expect(shapesOf(plain, "prometheus").length).toBeGreaterThan(0);
  });

  it("changes no query, path, parameter or header, whatever it holds", async () => {
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(200);
    const known = {
      loki: new Set(shapesOf(plain, "loki").map(({ nodes }) => nodes)),
      tempo: new Set(shapesOf(plain, "tempo").flatMap(({ nodes }) => nodes.split(" "))),
      prometheus: new Set(shapesOf(plain, "prometheus").map(({ nodes }) => nodes)),
    };
    const names = (requests: readonly Sent[]) =>
      new Set(
        requests.flatMap(({ kind, query, form }) => [...query.keys(), ...form.keys()].map((name) => `${kind} ${name}`)),
      );
    const plainNames = names(plain);
    const route = ({ kind, method, path }: Sent) =>
      `${kind} ${method} ${path.replace(/\/releases\/[^/]+\/deploys\/$/, "/releases/x/deploys/")}`;
    const plainRoutes = new Set(plain.map(route));
    let carried = 0;

    for (const payload of PAYLOADS) {
      const sent = await sentFor(payload);
      const told = JSON.stringify(payload);
      for (const request of sent) {
        expect(plainRoutes, told).toContain(route(request));
        expect(JSON.stringify(request.headers), told).not.toContain("48192");
        if (request.kind === "alertmanager") expect(request.query.toString(), told).not.toContain("48192");
      }
      expect(
        [...names(sent)].filter((name) => !plainNames.has(name)),
        told,
      ).toEqual([]);
      for (const shape of shapesOf(sent, "loki")) {
        expect(shape.broken, told).toBe(false);
        expect(known.loki, told).toContain(shape.nodes);
      }
      for (const shape of shapesOf(sent, "prometheus")) {
        expect(shape.broken, told).toBe(false);
        expect(known.prometheus, told).toContain(shape.nodes);
      }
      for (const shape of shapesOf(sent, "tempo")) {
        expect(shape.broken, told).toBe(false);
        for (const node of shape.nodes.split(" ")) expect(known.tempo, told).toContain(node);
      }
      for (const request of sent.filter(({ kind }) => kind === "sentry")) {
        const query = request.query.get("query");
        if (query === null) continue;
        expect(sentryTerms(query), told).toContain(payload);
      }
      if (shapesOf(sent, "loki").some(({ literals }) => literals.includes(payload))) carried++;
    }
    // Not by asking nothing: ids that the languages can carry are asked as they are.
    expect(carried).toBeGreaterThan(PAYLOADS.length / 2);
  }, 240_000);
});

describe("a trace id", () => {
  const pathsFor = async (traceId: string) => {
    const tempo = servers.get("tempo");
    const before = tempo?.requests.length ?? 0;
    const window = { fromNs: epochNsFromMs(NOW - 1000), toNs: epochNsFromMs(NOW) };
    const budget = { deadlineAtMs: Date.now() + 2000, maxRows: 10, maxBytes: 10_000 };
    const left = new AbortController().signal;
    await deps.sources.get("tempo/main")?.fetch({ kind: "trace", traceId, window }, budget, left);
    return tempo?.requests.slice(before).map(({ path }) => path) ?? [];
  };

  it("becomes one segment of a path", async () => {
    const [first] = await pathsFor("4bf92f3577b34da6a3ce929d0e0e4736");
    expect(first).toBe("/api/v2/traces/4bf92f3577b34da6a3ce929d0e0e4736");
  });

  it.each([
    "../../api/status/config",
    "..%2f..",
    "a/b",
    "4bf9?x=1",
    "4bf9#x",
    " ",
    "{}",
    "4bf92f3577b34da6a3ce929d0e0e4736/../x",
  ])("that is none, as %j, is not sent", async (traceId) => {
    for (const path of await pathsFor(traceId)) expect(path).toMatch(/^\/api\/(v2\/)?traces\/[0-9a-f]{32}$/);
  });
});
