import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { sameAnswer } from "../prometheus/same-answer";
import { createAlertmanagerBackend } from "./alertmanager-backend";
import { OUT_OF_SCOPE } from "./out-of-scope";

const Request = z.object({
  method: z.string().default("POST"),
  target: z.string(),
  headers: z.record(z.string(), z.string()).default({ "content-type": "application/json" }),
  body: z.string().optional(),
});
const Exchange = z.object({
  name: z.string(),
  at: z.string(),
  request: Request,
  response: z.object({ status: z.number(), contentType: z.string(), body: z.string() }),
});
const Push = z.object({ at: z.string(), request: Request });
type Exchange = z.infer<typeof Exchange>;

function fixture(file: string): Buffer {
  return readFileSync(new URL(`./fixtures/${file}`, import.meta.url));
}

function lines(file: string): unknown[] {
  const text = gunzipSync(fixture(file)).toString("utf8");
  return text.split("\n").map((line) => JSON.parse(line));
}

/** Pushes and questions of the recording in the order in which they were made. */
function steps(
  exchanges: readonly Exchange[],
): { at: string; request: z.infer<typeof Request>; exchange?: Exchange }[] {
  const pushes = lines("dataset.jsonl.gz").map((line) => Push.parse(line));
  const asked = exchanges.map((exchange) => ({ at: exchange.at, request: exchange.request, exchange }));
  return [...pushes, ...asked].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Receipt follows the server's clock, some milliseconds from the recorder's: instants compare by tenths of a second. */
function coarse(body: string): string {
  return body.replaceAll(/"(updatedAt|startsAt|endsAt)":"([^"]+\.\d)\d\dZ"/g, '"$1":"$2Z"');
}

describe("Alertmanager demo backend against the recording of 0.33.1", () => {
  const exchanges = lines("exchanges.jsonl.gz").map((line) => Exchange.parse(line));
  let nowMs = Date.parse("2026-11-23T20:00:56.000Z");
  const backend = createAlertmanagerBackend({ now: () => nowMs, configYaml: fixture("alertmanager.yml").toString() });
  let base = "";
  beforeAll(async () => {
    base = await backend.listen();
  });
  afterAll(() => backend.close());

  async function send(request: z.infer<typeof Request>, translate: (text: string) => string) {
    const { method, headers, body } = request;
    const response = await fetch(base + translate(request.target), { method, headers, body: body ?? null });
    const contentType = (response.headers.get("content-type") ?? "").split(";")[0];
    return { status: response.status, contentType, body: await response.text() };
  }

  it("answers every recorded request in scope as the real server did", async () => {
    /** Silences get random ids: recorded id to ours. */
    const ids = new Map<string, string>();
    const ours = (text: string) => [...ids].reduce((done, [theirs, own]) => done.replaceAll(theirs, own), text);
    const recorded = (text: string) => [...ids].reduce((done, [theirs, own]) => done.replaceAll(own, theirs), text);
    const differences: string[] = [];
    for (const { at, request, exchange } of steps(exchanges)) {
      nowMs = Date.parse(at);
      const got = await send(request, ours);
      if (exchange === undefined) {
        if (got.status !== 200) differences.push(`push at ${at}: ${String(got.status)} ${got.body}`);
        continue;
      }
      if (OUT_OF_SCOPE.has(exchange.name)) continue;
      const { response, name } = exchange;
      const made = /"silenceID":"([^"]+)"/;
      const [own, theirs] = [made.exec(got.body)?.[1], made.exec(response.body)?.[1]];
      if (own !== undefined && theirs !== undefined) ids.set(theirs, own);
      if (got.status !== response.status) differences.push(`${name}: ${String(got.status)} ${got.body.slice(0, 200)}`);
      if (got.contentType !== response.contentType.split(";")[0]) differences.push(`${name}: type ${got.contentType}`);
      const difference = sameAnswer(coarse(response.body), coarse(recorded(got.body)));
      if (difference !== undefined) differences.push(`${name}: ${difference}`);
    }
    expect(differences).toEqual([]);
  });

  it("lists nothing as out of scope that was not recorded", () => {
    expect([...OUT_OF_SCOPE.keys()].filter((name) => !exchanges.some((exchange) => exchange.name === name))).toEqual(
      [],
    );
  });
});

describe("Alertmanager demo backend in the demo", () => {
  const startMs = Date.parse("2026-11-24T10:00:00.000Z");
  const slow = {
    labels: { alertname: "Slow", service: "status-api", severity: "page" },
    annotations: { summary: "slow" },
    startsAt: "2026-11-24T10:00:00.000Z",
  };

  async function asked(backend: ReturnType<typeof createAlertmanagerBackend>, path: string): Promise<unknown> {
    const base = await backend.listen();
    try {
      return await (await fetch(base + path)).json();
    } finally {
      await backend.close();
    }
  }

  it("keeps an alert that was reported once firing until its end is reported", async () => {
    let nowMs = startMs;
    const backend = createAlertmanagerBackend({ now: () => nowMs });
    backend.post([slow]);
    nowMs += 6 * 3_600_000;
    const status = { state: "active" };
    expect(await asked(backend, "/api/v2/alerts")).toMatchObject([
      { ...slow, status, receivers: [{ name: "on-call-page" }] },
    ]);
    backend.post([{ ...slow, endsAt: new Date(nowMs).toISOString() }]);
    nowMs += 1;
    expect(await asked(backend, "/api/v2/alerts")).toEqual([]);
    expect(await asked(backend, "/api/v2/alerts/groups")).toEqual([]);
  });

  it("begins a new episode when a resolved alert fires again", async () => {
    let nowMs = startMs;
    const backend = createAlertmanagerBackend({ now: () => nowMs });
    backend.post([slow, { ...slow, endsAt: "2026-11-24T10:00:00.000Z" }]);
    nowMs += 60_000;
    backend.post([{ ...slow, startsAt: "2026-11-24T10:01:00.000Z" }]);
    expect(await asked(backend, "/api/v2/alerts")).toMatchObject([{ startsAt: "2026-11-24T10:01:00.000Z" }]);
  });

  it("shows an alert that the story silences as suppressed", async () => {
    const backend = createAlertmanagerBackend({ now: () => startMs });
    backend.post([{ ...slow, silencedBy: "d31349d7-cfa8-4f35-8e24-2fb62298b5e6" }]);
    const status = { state: "suppressed", silencedBy: ["d31349d7-cfa8-4f35-8e24-2fb62298b5e6"] };
    expect(await asked(backend, "/api/v2/alerts")).toMatchObject([{ status }]);
  });

  it("tells its version, start and configuration", async () => {
    expect(await asked(createAlertmanagerBackend({ now: () => startMs }), "/api/v2/status")).toMatchObject({
      cluster: { status: "disabled" },
      uptime: "2026-11-24T10:00:00.000Z",
      versionInfo: { version: "0.33.1" },
    });
  });
});
