import { createHmac } from "node:crypto";
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { HOOK_KINDS } from "@/lib/domain/alert-hook";
import { AUTHS_OF, hookSetup, testCall } from "./hook-setup";

const ORIGIN = "https://throughline.example.com";
const hook = (kind: (typeof HOOK_KINDS)[number], auth: "bearer" | "basic" | "hmac") => ({
  ...{ kind, name: "main", path: `/api/v1/webhooks/${kind}/main`, auth },
  username: auth === "basic" ? "sender" : "",
});

describe.each(HOOK_KINDS)("the set-up of %s", (kind) => {
  it.each(AUTHS_OF[kind])("names address and secret for %s, and no secret later", (auth) => {
    const url = `${ORIGIN}/api/v1/webhooks/${kind}/main`;
    expect(hookSetup(hook(kind, auth), ORIGIN, "s3cret").text).toContain(url);
    expect(testCall(hook(kind, auth), ORIGIN, "s3cret")).toContain(url);
    expect(testCall(hook(kind, auth), ORIGIN, "s3cret")).toContain("s3cret");
    const later = hookSetup(hook(kind, auth), ORIGIN).text + testCall(hook(kind, auth), ORIGIN);
    expect(later).not.toContain("s3cret");
    expect(later).toContain("THE_SECRET_OF_THIS_HOOK");
  });
});

it("signs the test call as the check of a call expects it", () => {
  const [sign = ""] = testCall(hook("sentry", "hmac"), ORIGIN, "s3cret").split("\n");
  const signature = execFileSync("sh", ["-c", `${sign}; printf %s "$SIGNATURE"`], { encoding: "utf8" });
  expect(signature).toBe(createHmac("sha256", "s3cret").update('{"action":"test","data":{}}').digest("hex"));
});
