import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AlertHook } from "@/lib/domain/alert-hook";
import { headersProve, signatureProves } from "./authenticate-call";

const now = new Date("2026-11-23T20:00:00Z");
const SECRET = "correct horse battery";
const OLD = "the one before it";
const aHook = (part: Partial<AlertHook>): AlertHook => ({
  ...{ id: null, kind: "alertmanager", name: "main", auth: "bearer", username: "", route: "unknown" },
  ...{ secrets: [SECRET, OLD], timestampHeader: undefined, lastUsedAt: null, ...part },
});
const body = Buffer.from('{"alerts":[]}');
const sign = (secret: string, text: string | Buffer) => createHmac("sha256", secret).update(text).digest("hex");
const proves = (hook: AlertHook, headers: Record<string, string>, of: Buffer = body) =>
  signatureProves(hook, new Headers(headers), of, now);

describe("headersProve", () => {
  const bearer = (authorization?: string) =>
    headersProve(aHook({}), new Headers(authorization === undefined ? {} : { authorization }));

  it("takes the current secret and the one before", () => {
    expect([bearer(`Bearer ${SECRET}`), bearer(`bearer ${OLD}`)]).toEqual([true, true]);
  });

  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    `Bearer ${SECRET}x`,
    `Bearer ${SECRET.slice(1)}`,
    `Basic ${SECRET}`,
    SECRET,
  ])("refuses %j", (authorization) => {
    expect(bearer(authorization)).toBe(false);
  });

  it("takes user name and password together only", () => {
    const hook = aHook({ auth: "basic", username: "am" });
    const basic = (pair: string) =>
      headersProve(hook, new Headers({ authorization: `Basic ${Buffer.from(pair).toString("base64")}` }));
    expect([`am:${SECRET}`, `am:${OLD}`, `other:${SECRET}`, `am:`, SECRET].map(basic)).toEqual([
      ...[true, true, false, false, false],
    ]);
  });

  it("never takes a header for a signature", () => {
    expect(headersProve(aHook({ auth: "hmac" }), new Headers({ authorization: `Bearer ${SECRET}` }))).toBe(false);
  });
});

describe("signatureProves", () => {
  const sentry = aHook({ kind: "sentry", auth: "hmac" });
  const grafana = aHook({ kind: "grafana", auth: "hmac" });
  const seconds = String(now.getTime() / 1000);

  it("takes the signature of exactly these bytes, with either secret", () => {
    for (const secret of [SECRET, OLD])
      expect(proves(sentry, { "sentry-hook-signature": sign(secret, body) })).toBe(true);
    expect(proves(grafana, { "x-grafana-alerting-signature": sign(SECRET, body) })).toBe(true);
  });

  it.each([
    ["none", {}],
    ["an empty one", { "sentry-hook-signature": "" }],
    ["half of it", { "sentry-hook-signature": sign(SECRET, body).slice(0, 32) }],
    ["upper case", { "sentry-hook-signature": sign(SECRET, body).toUpperCase() }],
    ["another secret's", { "sentry-hook-signature": sign("guessed", body) }],
    ["one under another sender's header", { "x-grafana-alerting-signature": sign(SECRET, body) }],
  ])("refuses %s", (_name, headers) => {
    expect(proves(sentry, headers as Record<string, string>)).toBe(false);
  });

  it("refuses the same JSON written differently", () => {
    const spaced = Buffer.from('{"alerts": []}');
    expect(proves(sentry, { "sentry-hook-signature": sign(SECRET, body) }, spaced)).toBe(false);
  });

  it("checks a time that is signed along, and refuses an old one", () => {
    const signed = (at: string) => ({
      "x-grafana-alerting-signature": sign(SECRET, `${at}:${body.toString()}`),
      "x-grafana-alerting-timestamp": at,
    });
    expect(proves(grafana, signed(seconds))).toBe(true);
    expect(proves(grafana, signed(String(Number(seconds) - 301)))).toBe(false);
    expect(proves(grafana, signed("soon"))).toBe(false);
    expect(proves(grafana, { ...signed(seconds), "x-grafana-alerting-timestamp": String(Number(seconds) + 1) })).toBe(
      false,
    );
  });

  it("insists on the time where one is configured", () => {
    const hook = aHook({ kind: "grafana", auth: "hmac", timestampHeader: "X-Signed-At" });
    const signature = { "x-grafana-alerting-signature": sign(SECRET, `${seconds}:${body.toString()}`) };
    expect(proves(hook, { "x-grafana-alerting-signature": sign(SECRET, body) })).toBe(false);
    expect(proves(hook, signature)).toBe(false);
    expect(proves(hook, { ...signature, "x-signed-at": seconds })).toBe(true);
  });
});
