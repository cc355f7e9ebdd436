import { describe, expect, it } from "vitest";
import { isSafeName } from "./is-safe-name";

describe("isSafeName", () => {
  it.each([
    "http.request.method",
    "resource.k8s.pod.labels.app.kubernetes.io/name",
    "@timestamp",
    "items.0.sku",
    "Order Id",
    "db.query.parameter.0",
    "password",
    "http.request.header.set-cookie",
    "std::string",
    "größe",
  ])("shows %s", (name) => {
    expect(isSafeName(name)).toBe(true);
  });

  it.each([
    "user.jane@x.example",
    "user.jane@x",
    "jane%40x.example.count",
    "peer.203.0.113.7.bytes",
    "peer.2001:db8::7.bytes",
    "card.4111111111111111",
    "call.+4915123456789",
    "customers.49151234567890",
    "a\u0000b",
    "a\u202eb",
    "<img src=x>",
    "",
    "x".repeat(201),
  ])("does not show %j", (name) => {
    expect(isSafeName(name)).toBe(false);
  });
});
