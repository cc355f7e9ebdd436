import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { DemoSentryEvent } from "../backend";
import { createSentryBackend } from "./sentry-backend";

const NOW_MS = Date.parse("2026-11-24T12:00:00.000Z");
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const ODD = 'a"b\\c*d OR level:info';

const Rows = z.object({ data: z.array(z.object({ id: z.string() })) });
const Issues = z.tuple([z.object({ id: z.string(), shortId: z.string() })]);

function event(number: number, more: Partial<DemoSentryEvent> = {}): DemoSentryEvent {
  return {
    eventId: number.toString(16).padStart(32, "0"),
    project: "shop",
    atIso: new Date(NOW_MS - number * 60_000 + 123).toISOString(),
    level: "error",
    type: "TimeoutError",
    value: "pay took too long",
    culprit: "checkout.pay",
    platform: "node",
    environment: "prod",
    tags: {},
    frames: [
      { filename: "main.ts", function: "main", lineno: 1, inApp: false },
      { filename: "pay.ts", function: "pay", lineno: 12, inApp: true },
    ],
    ...more,
  };
}

const EVENTS = [
  event(1, { traceId: TRACE, userId: "u-77", release: "shop@1.4.0", tags: { order_id: "48192" } }),
  event(2, { tags: { order_id: "48193" }, environment: "staging", level: "warning" }),
  event(3, { project: "billing", type: "RangeError", culprit: "bill.sum", tags: { order_id: ODD } }),
  event(4, { traceId: TRACE, project: "billing", type: "RangeError", culprit: "bill.sum" }),
];

describe("Sentry demo backend", () => {
  const backend = createSentryBackend({ org: "acme", projects: ["shop", "billing"], now: () => NOW_MS });
  let base = "";
  beforeAll(async () => {
    base = await backend.listen();
    backend.capture(EVENTS);
    const deploy = { environment: "prod", startedAtIso: "2026-11-24T09:00:00.000Z" };
    backend.deploy([
      { ...deploy, project: "shop", version: "shop@1.4.0", finishedAtIso: "2026-11-24T09:02:00.000Z" },
      { ...deploy, project: "billing", version: "billing@2+3/x", finishedAtIso: "2026-11-24T09:03:00.000Z" },
    ]);
  });
  afterAll(() => backend.close());

  async function ask(path: string, query: [string, string][] = [], authorization = "Bearer any") {
    const url = `${base}/api/0/${path}?${new URLSearchParams(query).toString()}`;
    const response = await fetch(url, { headers: { authorization } });
    const body: unknown = await response.json();
    return { status: response.status, headers: response.headers, body };
  }

  function table(query: string, more: [string, string][] = []) {
    const fields = ["id", "timestamp", "tags[order_id]"].map((field): [string, string] => ["field", field]);
    return ask("organizations/acme/events/", [["dataset", "errors"], ...fields, ["query", query], ...more]);
  }

  /** Numbers of the events that a search finds. */
  async function found(query: string, more: [string, string][] = []): Promise<number[]> {
    const { body } = await table(query, more);
    return Rows.parse(body).data.map((row) => Number.parseInt(row.id, 16));
  }

  it("refuses a call without a token and knows no other organisation", async () => {
    expect(await ask("organizations/acme/events/", [], "Basic x")).toMatchObject({
      status: 401,
      body: { detail: "Authentication credentials were not provided." },
    });
    expect(await ask("organizations/other/projects/")).toMatchObject({ status: 404 });
    expect(await ask("organizations/acme/projects")).toMatchObject({ status: 404 });
    expect(await ask("organizations/acme/releases/%E0%A4%A/")).toMatchObject({ status: 404 });
  });

  it("tells rate limits in its headers", async () => {
    const { headers } = await ask("organizations/acme/");
    expect(headers.get("x-sentry-rate-limit-remaining")).toBe("39");
    expect(Number(headers.get("x-sentry-rate-limit-reset"))).toBe(NOW_MS / 1000 + 1);
  });

  it("gives rows of the asked columns, with whole seconds and a type for each column", async () => {
    const fields = ["timestamp", "timestamp_ms", "trace", "issue.id", "project.id", "user.id", "tags[order_id]"];
    const { body } = await ask("organizations/acme/events/", [
      ["dataset", "errors"],
      ...fields.map((field): [string, string] => ["field", field]),
      ["query", `trace:"${TRACE}" user.id:"u-77"`],
    ]);
    expect(body).toMatchObject({
      data: [
        {
          id: EVENTS[0]?.eventId,
          "project.name": "shop",
          "project.id": 1,
          "issue.id": expect.any(Number),
          timestamp: "2026-11-24T11:59:00+00:00",
          timestamp_ms: "2026-11-24T11:59:00.123+00:00",
          trace: TRACE,
          "user.id": "u-77",
          "tags[order_id]": "48192",
        },
      ],
      meta: { dataset: "errors", fields: { timestamp: "date", "issue.id": "integer", "tags[order_id]": "string" } },
    });
  });

  it.each([
    ["", [1, 2, 3, 4]],
    ['tags[order_id]:"48192"', [1]],
    ['order_id:48192 level:"error"', [1]],
    ['order_id:48192 OR order_id:"48193"', [1, 2]],
    ["(order_id:48192 OR order_id:48193) !level:warning", [1]],
    ["order_id:4819*", [1, 2]],
    ['order_id:"4819*"', [1, 2]],
    ['order_id:"4819\\*"', []],
    ["order_id:[48192, 48193]", [1, 2]],
    [`tags[order_id]:"${ODD.replaceAll("*", "\\*").replaceAll('"', '\\"')}"`, [3]],
    ["has:order_id", [1, 2, 3]],
    ["!has:order_id", [4]],
    ['order_id:""', [4]],
    [`trace:${TRACE}`, [1, 4]],
    ["timestamp:>=2026-11-24T11:57:30", [1, 2]],
    ["timestamp:<2026-11-24T11:57:30Z", [3, 4]],
    ["rangeerror", [3, 4]],
    ["nonexistent.key:x", []],
  ])("finds by %s", async (query, numbers) => {
    expect(await found(query)).toEqual(numbers);
  });

  it.each([
    ['order_id:"x'],
    ['order_id:"a\\" level:error'],
    ["order_id: 48192"],
    ["trace:nonsense"],
    ['issue.id:"12"'],
    ["timestamp:>yesterday"],
    ["(level:error"],
    ["level:error)"],
  ])("refuses the query %s with a detail", async (query) => {
    expect(await table(query)).toMatchObject({ status: 400, body: { detail: expect.any(String) } });
  });

  it("limits by window, project and environment", async () => {
    const window: [string, string][] = [
      ["start", "2026-11-24T11:57:00Z"],
      ["end", "2026-11-24T11:59:00Z"],
    ];
    expect(await found("", window)).toEqual([2, 3]);
    expect(await found("", [["statsPeriod", "2m"]])).toEqual([1, 2]);
    expect(await found("", [["project", "2"]])).toEqual([3, 4]);
    expect(await found("", [["project", "-1"]])).toEqual([1, 2, 3, 4]);
    expect(await found("", [["environment", "staging"]])).toEqual([2]);
    expect(await table("", [["start", "2026-11-24T11:57:00Z"]])).toMatchObject({ status: 400 });
    expect(await table("", [["statsPeriod", "soon"]])).toMatchObject({ status: 400 });
  });

  it("refuses a table without columns, with too many, of an unknown dataset, or sorted by what is not selected", async () => {
    const path = "organizations/acme/events/";
    const many = Array.from({ length: 21 }, (_, index): [string, string] => ["field", `tags[k${String(index)}]`]);
    expect(await ask(path)).toMatchObject({ status: 400 });
    expect(await ask(path, many)).toMatchObject({ status: 400 });
    expect(await table("", [["sort", "-level"]])).toMatchObject({ status: 400 });
    const other = await ask(path, [
      ["field", "id"],
      ["dataset", "nope"],
    ]);
    expect(other).toMatchObject({ status: 400, body: { detail: expect.stringContaining("dataset must be one of") } });
  });

  it("pages through the Link header, where the next link always exists and results tells its worth", async () => {
    const seen: number[] = [];
    let cursor: string | undefined = "0:0:0";
    for (let pages = 0; cursor !== undefined && pages < 9; pages++) {
      const { headers, body } = await table("", [
        ["per_page", "3"],
        ["cursor", cursor],
      ]);
      seen.push(...Rows.parse(body).data.map((row) => Number.parseInt(row.id, 16)));
      const next: RegExpExecArray | null = /<[^>]+>; rel="next"; results="(\w+)"; cursor="([^"]+)"/.exec(
        headers.get("link") ?? "",
      );
      expect(next).not.toBeNull();
      cursor = next?.[1] === "true" ? next[2] : undefined;
    }
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(await table("", [["per_page", "101"]])).toMatchObject({ status: 400 });
    expect(await table("", [["cursor", "x"]])).toMatchObject({ status: 400 });
  });

  it("lists issues, one issue by number or short id, and its events", async () => {
    const { body, headers } = await ask("organizations/acme/issues/", [["query", "order_id:48192"]]);
    expect(headers.get("x-hits")).toBe("1");
    expect(body).toMatchObject([{ title: "TimeoutError: pay took too long", count: "2", userCount: 1 }]);
    const [{ id, shortId }] = Issues.parse(body);
    expect(await ask(`organizations/acme/issues/${shortId}/`)).toMatchObject({ body: { id } });
    const rows = await ask(`organizations/acme/issues/${id}/events/`, [["query", "level:warning"]]);
    expect(rows.body).toMatchObject([{ eventID: EVENTS[1]?.eventId, groupID: id, "event.type": "error" }]);
    const latest = await ask(`organizations/acme/issues/${id}/events/latest/`);
    expect(latest.body).toMatchObject({ eventID: EVENTS[0]?.eventId, previousEventID: EVENTS[1]?.eventId });
    expect(await ask("organizations/acme/issues/1/")).toMatchObject({ status: 404 });
  });

  it("takes a bare event id in the list of issues for a look-up of that event", async () => {
    const id = EVENTS[2]?.eventId ?? "";
    const { body, headers } = await ask("organizations/acme/issues/", [["query", id]]);
    expect(headers.get("x-sentry-direct-hit")).toBe("1");
    expect(body).toMatchObject([{ matchingEventId: id }]);
  });

  it("gives an event in full with exception, frames oldest first, tags and trace", async () => {
    const { body } = await ask(`projects/acme/shop/events/${EVENTS[0]?.eventId ?? ""}/`);
    expect(body).toMatchObject({
      projectID: "1",
      dateCreated: "2026-11-24T11:59:00.123Z",
      user: { id: "u-77" },
      contexts: { trace: { trace_id: TRACE } },
      release: { version: "shop@1.4.0" },
      entries: [
        {
          type: "exception",
          data: {
            values: [
              { type: "TimeoutError", stacktrace: { frames: [{}, { function: "pay", lineNo: 12, inApp: true }] } },
            ],
          },
        },
      ],
      tags: expect.arrayContaining([
        { key: "order_id", value: "48192" },
        { key: "environment", value: "prod" },
      ]),
    });
    expect(await ask(`projects/acme/billing/events/${EVENTS[0]?.eventId ?? ""}/`)).toMatchObject({ status: 404 });
  });

  it("searches a project's events by a part of the message only", async () => {
    expect((await ask("projects/acme/shop/events/", [["query", "TOO LONG"]])).body).toHaveLength(2);
    expect((await ask("projects/acme/shop/events/", [["query", "level:error"]])).body).toEqual([]);
  });

  it("gives the errors of a trace across projects", async () => {
    expect((await ask(`organizations/acme/trace/${TRACE}/`)).body).toMatchObject([
      { event_type: "error", project_slug: "shop", start_timestamp: Date.parse("2026-11-24T11:59:00.123Z") / 1000 },
      { event_type: "error", project_slug: "billing" },
    ]);
  });

  it("finds the project of an event by its id alone", async () => {
    const { body } = await ask(`organizations/acme/eventids/${EVENTS[3]?.eventId ?? ""}/`);
    expect(body).toMatchObject({ projectSlug: "billing", organizationSlug: "acme" });
    expect(await ask("organizations/acme/eventids/zz/")).toMatchObject({ status: 400 });
  });

  it("lists releases with their last deploy, and deploys of a version that holds odd letters", async () => {
    const { body } = await ask("organizations/acme/releases/", [["project", "2"]]);
    expect(body).toMatchObject([
      {
        version: "billing@2+3/x",
        deployCount: 1,
        projects: [{ slug: "billing" }],
        lastDeploy: { environment: "prod" },
      },
    ]);
    const path = `organizations/acme/releases/${encodeURIComponent("billing@2+3/x")}/deploys/`;
    expect((await ask(path)).body).toMatchObject([{ dateFinished: "2026-11-24T09:03:00.000Z" }]);
  });

  it("names its projects, environments and organisation", async () => {
    expect((await ask("organizations/acme/projects/")).body).toMatchObject([{ slug: "shop" }, { slug: "billing" }]);
    expect((await ask("organizations/acme/environments/")).body).toMatchObject([{ name: "prod" }, { name: "staging" }]);
    expect((await ask("organizations/acme/")).body).toMatchObject({ slug: "acme" });
  });
});
