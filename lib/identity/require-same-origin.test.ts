import { expect, it } from "vitest";
import { requireSameOrigin } from "./require-same-origin";

const request = (method: string, headers: Record<string, string>) =>
  new Request("http://app.test/api/v1/tokens", { method, headers: { host: "app.test", ...headers } });

it.each([
  ["GET", {}],
  ["POST", { "sec-fetch-site": "same-origin" }],
  ["DELETE", { origin: "http://app.test" }],
])("lets %s with %j through", (method, headers) => {
  expect(() => requireSameOrigin(request(method, headers))).not.toThrow();
});

it.each([
  ["POST", {}],
  ["POST", { "sec-fetch-site": "cross-site", origin: "http://app.test" }],
  ["POST", { "sec-fetch-site": "same-site" }],
  ["POST", { "sec-fetch-site": "none" }],
  ["PUT", { origin: "null" }],
  ["DELETE", { origin: "http://app.test.evil.test" }],
])("refuses %s with %j", (method, headers) => {
  expect(() => requireSameOrigin(request(method, headers))).toThrow(expect.objectContaining({ code: "forbidden" }));
});
