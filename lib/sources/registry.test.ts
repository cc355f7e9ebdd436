import { describe, expect, it } from "vitest";
import { KeyRule } from "@/lib/domain/key-rule";
import { SourceSettings } from "@/lib/domain/source-settings";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { createSources } from "./registry";

const WINDOW = { fromNs: epochNsFromMs(0), toNs: epochNsFromMs(60_000) };
const rule = (attribute: string) => KeyRule.parse({ name: "r", kind: "parcel", attributes: [attribute] });

describe.each(["loki", "tempo", "sentry"] as const)("a source of kind %s", (kind) => {
  it("asks by the rules of now, not by those it was made with", async () => {
    const asked: string[] = [];
    let rules = [rule("before")];
    const [source] = createSources([SourceSettings.parse({ kind, url: "http://source.test", org: "o" })], {
      createHttp: () => ({
        send(wish) {
          asked.push(JSON.stringify(wish));
          return Promise.resolve({ ok: false, kind: "refused", attempts: 1 });
        },
      }),
      keyRules: () => rules,
      now: () => 0,
    });
    rules = [rule("after")];
    const request = { kind: "by-key", key: { kind: "parcel", value: "48192" }, window: WINDOW } as const;
    const budget = { deadlineAtMs: 1000, maxRows: 10, maxBytes: 100_000 };
    await source?.fetch(request, budget, new AbortController().signal);
    expect(asked.join()).toContain("after");
    expect(asked.join()).not.toContain("before");
  });
});
