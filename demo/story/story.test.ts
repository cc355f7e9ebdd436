import { describe, expect, it } from "vitest";
import type { DemoLogLine, DemoSpan } from "../backends/backend";
import { tellSecond } from "./ordinary-traffic";
import { lokiOf } from "./service-shape";
import { OTHER_LOCKER_ORDERS, PLANTED_ORDER, REJECTED_ORDER, planStory } from "./story-plan";
import { tellHistory } from "./tell-history";

const plan = planStory("seed", Date.parse("2026-11-24T10:26:07.250Z"));
const history = tellHistory(plan);

const asText = (record: unknown): string =>
  JSON.stringify(record, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
const mentions = (word: string) => {
  const whole = new RegExp(`(?<![A-Za-z0-9_])${word}(?![A-Za-z0-9_])`);
  return (record: DemoLogLine | DemoSpan): boolean => whole.test(asText(record));
};
const serviceOf = (span: DemoSpan): unknown => span.resource["service.name"];
const planted = history.spans.filter(mentions(PLANTED_ORDER.order));
const ofTrace = (traceId: string): DemoSpan[] => history.spans.filter((span) => span.traceId === traceId);
const traceOf = (spans: readonly DemoSpan[], name: string): DemoSpan[] =>
  ofTrace(spans.find((span) => span.name === name)?.traceId ?? "none");

describe("the story", () => {
  it("is the same for the same seed and start, and another for another seed", () => {
    expect(asText(tellHistory(plan))).toBe(asText(history));
    expect(asText(tellHistory({ ...plan, seed: "other" }))).not.toBe(asText(history));
  });

  it("has something in every second, so that the newest minutes are never empty", () => {
    for (let second = 1_800_000_000; second < 1_800_000_600; second++) {
      expect(tellSecond(plan, second).lines.length).toBeGreaterThan(0);
    }
  });

  it("covers at least the last hour with two hundred customers", () => {
    expect(plan.startMs - plan.historyFromMs).toBeGreaterThan(3_600_000);
    const accounts = new Set(asText(history.spans).match(/acct_3[01]\d\d(?!\d)/g));
    expect(accounts.size).toBeGreaterThan(190);
  });
});

describe("order 48192", () => {
  const staff = traceOf(planted, "POST /orders/:id/shipping-method");
  const customer = traceOf(planted, "GET order status");
  const lines = history.lines.filter(mentions(PLANTED_ORDER.order));

  it("lives in three traces: the staff change, the customer's page and the nightly import", () => {
    const roots = new Set(planted.map(({ traceId }) => ofTrace(traceId).find((span) => !span.parentSpanId)?.name));
    expect(roots).toEqual(new Set(["POST /orders/:id/shipping-method", "GET order status", "nightly-import run"]));
  });

  it("fails for the customer three seconds after the change, through storefront-api in status-api", () => {
    const changedNs = BigInt(staff[0]?.startNs ?? 0);
    const askedNs = BigInt(customer[0]?.startNs ?? 0);
    expect(Number(askedNs - changedNs) / 1e9).toBeGreaterThan(2);
    expect(Number(askedNs - changedNs) / 1e9).toBeLessThan(4);
    const failed = customer.filter(({ status }) => status === "error").map(serviceOf);
    expect(new Set(failed)).toEqual(new Set(["customer-app", "storefront-api", "status-api"]));
    expect(customer.flatMap(({ events = [] }) => events.map(({ name }) => name))).toEqual(["exception"]);
  });

  it("joins its two traces by the order number alone", () => {
    const ids = (spans: readonly DemoSpan[]) =>
      new Set(asText(spans).match(/acct_\w+|sess-\w+|req-\w+|[0-9a-f]{16,32}/g));
    const shared = [...ids(staff)].filter((id) => ids(customer).has(id));
    expect(shared).toEqual([]);
    expect([...staff, ...customer].flatMap(({ links = [] }) => links)).toEqual([]);
  });

  it("has one mail span on the staff trace that carries no order", () => {
    const without = staff.filter((span) => serviceOf(span) === "email-worker");
    expect(without).toHaveLength(1);
    expect(without.some(mentions(PLANTED_ORDER.order))).toBe(false);
  });

  it("is spelled as an integer, as text, in prose, in logfmt, in JSON, in a URL and in metadata alone", () => {
    expect(customer.find((span) => span.attributes["orderId"] === 48192n)).toBeDefined();
    expect(customer.find((span) => span.attributes["order.id"] === "48192")).toBeDefined();
    for (const form of ["order #48192", "order_id=48192", '"orderId":48192', "/api/orders/48192/status"]) {
      expect(lines.filter(({ line }) => line.includes(form)).length).toBeGreaterThan(0);
    }
    expect(lines.some(({ line, metadata }) => !line.includes("48192") && metadata?.["order_id"] === "48192")).toBe(
      true,
    );
  });

  it("tells the exception in a log line, a span event and Sentry with the same words", () => {
    const errors = history.errors.filter(({ tags }) => tags["order_id"] === "48192");
    expect(errors).toHaveLength(1);
    const message = errors[0]?.value ?? "none";
    expect(errors[0]?.traceId).toBe(customer[0]?.traceId);
    expect(customer.flatMap(({ events = [] }) => events)[0]?.attributes["exception.message"]).toBe(message);
    expect(lines.some(({ line }) => line.includes(JSON.stringify(message).slice(1, -1)))).toBe(true);
  });

  it("keeps the staff line in the internal Loki with the agent's address", () => {
    const line = lines.find((candidate) => candidate.line.includes("changed shipping method"));
    expect(line?.line).toContain("s.okafor@shop.example");
    expect(lokiOf(line?.labels["service_name"] ?? "")).toBe("internal");
  });

  it("has one line on its staff trace that carries nothing but the trace id", () => {
    const only = history.lines.filter(
      (line) => line.metadata?.["trace_id"] === staff[0]?.traceId && !mentions("48192")(line),
    );
    expect(only.map(({ labels }) => labels["service_name"])).toEqual(["email-worker"]);
  });

  it("is never named by the records of another order or account", () => {
    const own = new Set([...staff, ...customer].map(({ traceId }) => traceId));
    const elsewhere = planted.filter(({ traceId }) => !own.has(traceId));
    expect(new Set(elsewhere.map(serviceOf))).toEqual(new Set(["nightly-import"]));
    const foreign = /acct_(?!2077)\d+/;
    expect([...lines, ...planted].filter((record) => foreign.test(asText(record)))).toEqual([]);
  });
});

describe("around order 48192", () => {
  it("has false friends that only a careless substring match would catch", () => {
    for (const friend of ["148192", "481920", "4819"]) {
      expect(history.spans.filter(mentions(friend)).length).toBeGreaterThan(0);
      expect(history.lines.filter(mentions(friend)).length).toBeGreaterThan(0);
    }
  });

  it("has three other orders with the same method that fail the same way", () => {
    const failing = new Set(
      history.errors.filter(({ type }) => type === "SchemaError").map(({ tags }) => tags["order_id"]),
    );
    expect(failing).toEqual(new Set([PLANTED_ORDER.order, ...OTHER_LOCKER_ORDERS.map(({ order }) => order)]));
  });

  it("was preceded by a deploy of status-api", () => {
    const deploy = history.deploys.find(({ project }) => project === "status-api");
    expect(Date.parse(deploy?.finishedAtIso ?? "")).toBeLessThan(plan.shippingAtMs);
  });
});

describe("the other stories", () => {
  it("tells the rejected payment in four traces, two of them reached by span links", () => {
    const spans = history.spans.filter(mentions(REJECTED_ORDER.order));
    const checkout = traceOf(spans, "POST checkout");
    const worker = traceOf(spans, "process billing.charge");
    const linkedTo = (traceId: string | undefined) =>
      history.spans.filter(({ links = [] }) => links.some((link) => link.traceId === traceId));
    expect(linkedTo(checkout[0]?.traceId).map(({ traceId }) => traceId)).toEqual([worker[0]?.traceId]);
    expect(linkedTo(worker[0]?.traceId).map(({ name }) => name)).toEqual(["send payment_failed"]);
    expect(traceOf(spans, "GET payment status").length).toBeGreaterThan(0);
    expect(checkout.some((span) => serviceOf(span) === "bill-api")).toBe(true);
  });

  it("imports three hundred orders in one trace with hundreds of warnings that are normal", () => {
    const run = traceOf(history.spans, "nightly-import run");
    const orders = new Set(run.map((span) => span.attributes["order.id"]).filter(Boolean));
    expect(orders.size).toBe(300);
    expect(orders.has(PLANTED_ORDER.order) && orders.has(REJECTED_ORDER.order)).toBe(true);
    expect(history.lines.filter(({ line }) => line.includes("will retry")).length).toBeGreaterThan(300);
  });

  it("slows product and internal tools alike while the report runs", () => {
    const during = history.spans.filter(
      ({ startNs, status }) =>
        status === "error" &&
        Number(BigInt(startNs) / 1_000_000n) >= plan.slowFromMs &&
        Number(BigInt(startNs) / 1_000_000n) < plan.slowToMs,
    );
    const failing = new Set(during.map(serviceOf));
    for (const service of ["order-service", "storefront-api", "admin-web"]) expect(failing).toContain(service);
  });

  it("spells billing three ways and production two ways", () => {
    expect(history.lines.some(({ labels }) => labels["service_name"] === "billing-api")).toBe(true);
    expect(history.spans.some((span) => serviceOf(span) === "bill-api")).toBe(true);
    const environments = new Set(
      history.spans.map(
        ({ resource }) => resource["deployment.environment.name"] ?? resource["deployment.environment"],
      ),
    );
    expect(environments).toEqual(new Set(["prod", "production"]));
  });
});
