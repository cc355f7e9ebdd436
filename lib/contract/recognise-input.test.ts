import { describe, expect, it } from "vitest";
import { keyHints } from "./key-hint";
import { isSentryIssueLink, recogniseInput } from "./recognise-input";

const ID = "4bf92f3577b34da6a3ce929d0e0e4736";
const BASE64 = Buffer.from(ID, "hex").toString("base64");
const hints = keyHints();
const first = (text: string): string => {
  const [best] = recogniseInput(text, hints);
  return best ? `${best.kind}:${best.value}` : "nothing";
};

describe("recogniseInput", () => {
  const spellings = [
    ID,
    ID.toUpperCase(),
    "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
    BASE64,
    `0x${ID}`,
    `"${ID}"`,
    `00-${ID}-00f067aa0ba902b7-01`,
    `traceparent: 00-${ID}-00f067aa0ba902b7-01`,
    `trace:${ID}`,
    `level=error trace_id=${ID} msg="boom"`,
    `{"traceId":"${ID}","level":"error"}`,
    `https://jaeger.example/trace/${ID}?uiFind=x`,
    `https://grafana.example/explore?panes=${encodeURIComponent(JSON.stringify({ a: { queries: [{ query: ID }] } }))}`,
    `https://acme.sentry.io/performance/trace/${ID}/`,
    `https://tempo.example/api/v2/traces/${ID}`,
    `https://acme.sentry.io/issues/?query=trace%3A${ID}`,
  ];
  it.each(spellings)("reads the same trace from %s", (text) => {
    expect(first(text)).toBe(`trace:${ID}`);
  });

  it("pads a trace id of sixteen digits", () => {
    expect(first("a3ce929d0e0e4736")).toBe("trace:0000000000000000a3ce929d0e0e4736");
  });
  it.each([
    "#48192",
    "order:48192",
    "order:#48192",
    "Order #48192",
    "order 48192",
    '"order_id": "48192"',
    "48192",
    "order.id=48192",
  ])("reads the order from %s", (text) => {
    expect(first(text)).toBe("order:48192");
  });
  it("offers the other kinds a bare number may be", () => {
    expect(recogniseInput("48192", hints).map((one) => one.kind)).toEqual(expect.arrayContaining(["order", "ticket"]));
  });
  it("puts the account first when the id says that it is one", () => {
    expect(first("acct_2077")).toBe("account:acct_2077");
  });
  it("offers no key for a Sentry issue, which no record carries, and knows why", () => {
    const link = "https://acme.sentry.io/issues/4711/";
    expect(recogniseInput(link, hints)).toEqual([]);
    expect(isSentryIssueLink(link)).toBe(true);
    expect(isSentryIssueLink("order:48192")).toBe(false);
  });
  it("reads the trace and the query of a Sentry link", () => {
    expect(first(`https://acme.sentry.io/issues/4711/?query=trace%3A${ID}`)).toBe(`trace:${ID}`);
    expect(first("https://acme.sentry.io/issues/?query=order_id%3A48192")).toBe("order:48192");
  });
  it("recognises nothing in prose, in nothing and in a bare link", () => {
    for (const text of ["", "   ", "why is it slow", "https://example.com/"]) {
      expect(recogniseInput(text, hints)).toEqual([]);
    }
  });
  it("survives hostile text", () => {
    for (const text of ["%E0%A4%A", "https://x.example/%E0%A4%A?left={", "{".repeat(30_000), "a=".repeat(10_000)]) {
      expect(() => recogniseInput(text, hints)).not.toThrow();
    }
  });
});
