import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ENV_NAMES, readEnv } from "./env";

const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");

function complaintOf(source: Record<string, string>): string {
  try {
    readEnv(source);
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "";
}

describe("readEnv", () => {
  it("needs nothing", () => {
    expect(readEnv({})).toEqual({
      PORT: 3000,
      DATA_DIR: "./.data",
      LOG_LEVEL: "info",
      OIDC_NAME: "SSO",
      SESSION_HOURS: 8,
      SESSION_IDLE_MINUTES: 120,
      TRUSTED_PROXIES: 0,
      SETUP_LINK: "on",
    });
  });

  it("takes an empty or blank value for none, and ignores what it does not know", () => {
    expect(readEnv({ LOKI_URL: "", PORT: "  ", HOME: "/root" })).toEqual(readEnv({}));
  });

  it("reads each source with its credentials", () => {
    const env = readEnv({ LOKI_URL: "http://loki:3100", LOKI_USERNAME: "me", LOKI_PASSWORD: "pw", PORT: "0" });
    expect(env).toMatchObject({ LOKI_URL: "http://loki:3100", LOKI_USERNAME: "me", LOKI_PASSWORD: "pw", PORT: 0 });
  });

  it("names every bad value at once and what was expected", () => {
    const complaint = complaintOf({ PORT: "http", LOKI_URL: "loki:3100", LOG_LEVEL: "loud", NEXTAUTH_SECRET: "short" });
    expect(complaint).toMatch(/PORT: expected a port number/);
    expect(complaint).toMatch(/LOKI_URL: expected an http\(s\) URL/);
    expect(complaint).toMatch(/LOG_LEVEL: expected one of fatal/);
    expect(complaint).toMatch(/NEXTAUTH_SECRET: expected at least 32 characters/);
  });

  it("never repeats a value, since it may be a secret", () => {
    const canary = "hunter2";
    const all = Object.fromEntries(ENV_NAMES.map((name) => [name, canary]));
    expect(complaintOf(all)).not.toBe("");
    expect(complaintOf(all)).not.toContain(canary);
  });

  it.each([
    [{ LOKI_TOKEN: "t" }, "LOKI_URL"],
    [{ TEMPO_URL: "http://t", TEMPO_USERNAME: "me" }, "TEMPO_PASSWORD"],
    [{ SENTRY_URL: "https://sentry.io" }, "SENTRY_ORG"],
    [{ OIDC_ISSUER: "https://idp" }, "OIDC_CLIENT_SECRET"],
    [{ SESSION_HOURS: "0" }, "SESSION_HOURS"],
    [{ SESSION_IDLE_MINUTES: "soon" }, "SESSION_IDLE_MINUTES"],
    [{ TRUSTED_PROXIES: "-1" }, "TRUSTED_PROXIES"],
    [{ SETUP_LINK: "yes" }, "SETUP_LINK"],
    [{ PORT: "65536" }, "PORT"],
    [{ PORT: "30.5" }, "PORT"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL"],
    [{ NEXTAUTH_URL: "javascript:alert(1)" }, "NEXTAUTH_URL"],
  ] satisfies [Record<string, string>, string][])("refuses %j because of %s", (source, name) => {
    expect(complaintOf(source)).toContain(`${name}: expected`);
  });
});

describe(".env.example", () => {
  const lines = example.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const pairs = lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const);

  it("lists exactly the variables that are read", () => {
    expect(pairs.map(([name]) => name).sort()).toEqual([...ENV_NAMES].sort());
  });

  it("is an environment that starts, with the defaults", () => {
    expect(readEnv(Object.fromEntries(pairs))).toEqual(readEnv({}));
  });
});
