import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { KeyRule } from "@/lib/domain/key-rule";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import type { SourceHttp, SourceHttpRequest } from "@/lib/platform/source-http";
import { describeSourceContract } from "../testing/source-contract";
import { createSentrySource } from "./adapter";
import { deploys, detail, page, projects, releases, row, TRACE_ID } from "./fixtures/answers";

const AT_MS = Date.parse("2026-03-02T11:00:00.123Z");
const window = { fromNs: epochNsFromMs(AT_MS - 60_000), toNs: epochNsFromMs(AT_MS + 60_000) };
const settings = SourceSettings.parse({ kind: "sentry", url: "https://sentry.shop.test", org: "acme" });
const keyRules = [
  KeyRule.parse({ name: "order id", kind: "order", attributes: ["order.id"], dropPrefixes: ["#"] }),
  KeyRule.parse({ name: "account id", kind: "account", attributes: ["account_id"] }),
];
const budget = { deadlineAtMs: AT_MS + 5000, maxRows: 100, maxBytes: 1_000_000 };
const byOrder: EvidenceRequest = { kind: "by-key", key: { kind: "order", value: "A-1001" }, window };
const byTrace: EvidenceRequest = { kind: "trace", traceId: TRACE_ID, window };
const context: EvidenceRequest = { kind: "context", rawServices: ["shop"], window };

describeSourceContract("sentry", {
  create: (baseUrl) =>
    createSentrySource(
      { ...settings, url: baseUrl },
      {
        http: createSourceHttp({ baseUrl, sourceId: "sentry/main", allowPrivateAddress: true }),
        keyRules,
        now: Date.now,
      },
    ),
  okBody: ({ path }) => recorded(path),
  requests: [byOrder, byTrace, context],
  rowCap: {
    request: byOrder,
    okBody: ({ path }) =>
      path.endsWith("/acme/events/")
        ? page(["1", "2", "3"].map((digit) => ({ ...row, id: digit.repeat(32) })))
        : recorded(path),
    maxRows: 2,
  },
});

describe("sentry adapter: errors", () => {
  it("turns an error into one row with its stack, tags, trace and a link to the issue", async () => {
    const { events, gaps } = await fetch(byOrder);
    expect(gaps).toEqual([]);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      kind: "error",
      happenedAtNs: "1772449200123456000",
      observedAtNs: "1772449200500000000",
      rawService: "shop",
      rawEnvironment: "prod",
      severity: "error",
      outcome: "error",
      title: "TimeoutError: pay",
      context: false,
      attributes: {
        "exception.type": "TimeoutError",
        "exception.value": "pay",
        culprit: "checkout.pay",
        release: "shop@1.4.0",
        environment: "prod",
        trace_id: TRACE_ID,
        span_id: "00f067aa0ba902b7",
        "user.id": "u-77",
        "tag.order_id": "A-1001",
      },
      links: [
        { label: "Sentry issue", url: `https://sentry.shop.test/organizations/acme/issues/501/events/${row.id}/` },
      ],
    });
    expect(events[0]?.text).toBe("TimeoutError: pay\n    at pay (pay.ts:12)\n    at handle (http.ts:40)");
  });

  it("asks for every spelling of the key and value as an explicit tag, and never as free text", async () => {
    const { queries } = await fetch(byOrder);
    const text = decodeURIComponent(queries.map((query) => query.text).join("\n")).replaceAll("+", " ");
    for (const name of ["order.id", "order_id", "order-id", "orderId", "OrderId", "orderid", "orderID"]) {
      expect(text).toContain(`tags[${name}]:"A-1001"`);
      expect(text).toContain(`tags[${name}]:"#A-1001"`);
    }
  });

  it("also finds the errors of an account by user id", async () => {
    const http = answering((path) =>
      path.endsWith("/acme/events/") ? page([{ ...row, "tags[order_id]": null }]) : recorded(path),
    );
    const { events, queries } = await fetch({ kind: "by-key", key: { kind: "account", value: "u-77" }, window }, http);
    expect(decodeURIComponent(queries[0]?.text ?? "")).toContain('user.id:"u-77"');
    expect(events).toHaveLength(1);
  });

  it("drops rows whose searched column is not exactly the asked value", async () => {
    const wrong = [
      { ...row, "tags[order_id]": "a-1001" },
      { ...row, "tags[order_id]": "A-10011" },
      { ...row, "tags[order_id]": null },
    ];
    const http = answering((path) => (path.endsWith("/acme/events/") ? page(wrong) : recorded(path)));
    expect((await fetch(byOrder, http)).events).toEqual([]);
  });

  it("drops errors outside the window that Sentry's rounding let in", async () => {
    const late = { ...window, toNs: epochNsFromMs(AT_MS) };
    expect((await fetch({ ...byTrace, window: late })).events).toEqual([]);
  });

  it("keeps the id of an error when its full record could not be read, and says so", async () => {
    const [whole, bare] = await Promise.all([
      fetch(byOrder),
      fetch(
        byOrder,
        answering((path) => (path.includes("/projects/acme/shop/events/") ? "<html>" : recorded(path))),
      ),
    ]);
    expect(bare.events.map((event) => event.id)).toEqual(whole.events.map((event) => event.id));
    expect(bare.events[0]?.attributes).toMatchObject({ "tag.order_id": "A-1001", trace_id: TRACE_ID });
    expect(bare.gaps.map((gap) => gap.reason)).toEqual(["partial"]);
  });

  it.each(["a\\", "x\ny", "*".repeat(201)])("does not ask for %j, which cannot be written exactly", async (value) => {
    const seen: SourceHttpRequest[] = [];
    const asked = await fetch({ kind: "by-key", key: { kind: "order", value }, window }, answering(recorded, seen));
    expect(seen).toEqual([]);
    expect(asked.gaps.map((gap) => gap.reason)).toEqual(["rejected"]);
  });

  it("follows pages by their cursor and stops at the last", async () => {
    const seen: SourceHttpRequest[] = [];
    const http: SourceHttp = {
      send: async (request) => {
        seen.push(request);
        const isFirst = request.path.endsWith("/acme/events/") && !request.query?.some(([name]) => name === "cursor");
        const link = `<https://evil.test/>; rel="next"; results="${isFirst}"; cursor="0:100:0"`;
        const text = isFirst
          ? page([row])
          : request.path.endsWith("/acme/events/")
            ? page([{ ...row, id: "b".repeat(32) }])
            : detail();
        return { ok: true, status: 200, headers: { link }, text, bytes: text.length, attempts: 1 };
      },
    };
    const { events } = await fetch(byTrace, http);
    expect(events).toHaveLength(2);
    expect(seen.filter(({ path }) => path.endsWith("/acme/events/"))).toHaveLength(2);
  });

  it("falls back to the dataset that older servers have", async () => {
    const datasets: (string | undefined)[] = [];
    const http = refusingOnce(
      datasets,
      (request) => value(request, "dataset") === "errors",
      "dataset must be one of: discover",
    );
    const { events, gaps } = await fetch(byTrace, http);
    expect(datasets).toEqual(["errors", "discover"]);
    expect(events).toHaveLength(1);
    expect(gaps).toEqual([]);
  });

  it("asks project by project where the plan refuses several at once", async () => {
    const seen: (string | undefined)[] = [];
    const http = refusingOnce(
      seen,
      (request) => value(request, "project") === "-1",
      "You cannot view events from multiple projects.",
      "project",
    );
    const { events } = await fetch(byTrace, http);
    expect(seen).toEqual(["-1", "7"]);
    expect(events).toHaveLength(1);
  });

  it("does not show personal data of the user beyond the id", async () => {
    const written = JSON.stringify(await fetch(byOrder));
    expect(written).not.toContain("ann@example.test");
    expect(written).not.toContain("10.0.0.1");
    expect(written).not.toContain("session-cookie");
  });
});

describe("sentry adapter: deploys", () => {
  it("marks each deploy inside the window and leaves out the others", async () => {
    const { events, gaps } = await fetch(context);
    expect(gaps).toEqual([]);
    expect(events.map((event) => [event.kind, event.title, event.rawEnvironment, event.context])).toEqual([
      ["deploy", "Released shop@1.4.0", "prod", true],
    ]);
    expect(events[0]?.attributes).toMatchObject({ release: "shop@1.4.0", environment: "prod" });
  });

  it("leaves out releases of projects that nobody asked about", async () => {
    expect((await fetch({ ...context, rawServices: ["billing-api"] })).events).toEqual([]);
  });
});

it("names exactly the time that the operator says Sentry no longer keeps", async () => {
  const source = createSentrySource(
    { ...settings, retentionDays: 30 / 86_400 },
    { http: answering(recorded), keyRules, now: () => AT_MS },
  );
  const { gaps } = await source.fetch(byOrder, budget, new AbortController().signal);
  expect(gaps).toMatchObject([
    { reason: "retention", window: { fromNs: window.fromNs, toNs: epochNsFromMs(AT_MS - 30_000) } },
  ]);
});

it("says that the organisation is missing instead of asking", async () => {
  const { org: _org, ...rest } = settings;
  const source = createSentrySource(rest, { http: answering(recorded), keyRules, now: () => AT_MS });
  const outcome = await source.fetch(byOrder, budget, new AbortController().signal);
  expect(outcome.gaps.map((gap) => gap.reason)).toEqual(["not-configured"]);
});

function fetch(request: EvidenceRequest, http: SourceHttp = answering(recorded)) {
  return createSentrySource(settings, { http, keyRules, now: () => AT_MS }).fetch(
    request,
    budget,
    new AbortController().signal,
  );
}

function answering(bodyOf: (path: string) => string, seen: SourceHttpRequest[] = []): SourceHttp {
  return {
    send: async (request) => {
      seen.push(request);
      const text = bodyOf(request.path);
      return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
    },
  };
}

/** Answers 400 with Sentry's words while `isRefused`, and records one parameter of each search. */
function refusingOnce(
  seen: (string | undefined)[],
  isRefused: (request: SourceHttpRequest) => boolean,
  words: string,
  parameter = "dataset",
): SourceHttp {
  const good = answering(recorded);
  return {
    send: async (request, limits, signal) => {
      if (!request.path.endsWith("/acme/events/")) return good.send(request, limits, signal);
      seen.push(value(request, parameter));
      if (!isRefused(request)) return good.send(request, limits, signal);
      return { ok: false, kind: "status", status: 400, text: JSON.stringify({ detail: words }), attempts: 1 };
    },
  };
}

function value(request: SourceHttpRequest, name: string): string | undefined {
  return request.query?.find(([key]) => key === name)?.[1];
}

function recorded(path: string): string {
  if (path.endsWith("/acme/events/")) return page([row]);
  if (path.includes("/projects/acme/")) return detail();
  if (path.endsWith("/deploys/")) return deploys;
  if (path.endsWith("/releases/")) return releases;
  return projects;
}
