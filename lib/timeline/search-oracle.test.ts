/** A search by id finds in what the asker reads, so that whether something is found says nothing about the rest. */
import { describe, expect, it } from "vitest";
import type { Access } from "@/lib/domain/access";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { anEvent } from "@/lib/domain/testing/an-event";
import { anAccess } from "@/lib/redact/testing/an-access";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "./open-timeline";
import { anInstallation } from "./testing/an-installation";

const NOW = 1_795_446_900_000;
const LINE = anEvent({
  title: "card of customer declined on node-a17f93 password=hunter2secret",
  text: "card of customer declined on node-a17f93 password=hunter2secret",
  attributes: { "resource.host.name": "node-a17f93", "user.email": "jane77@mail.example", "shop.ref": "ref-5512aa" },
});
const TEXT = `${LINE.text ?? ""} ${Object.values(LINE.attributes).join(" ")}`;

/** Like a log store's line filter: any line that holds the text. */
async function ask(access: Access, value: string): Promise<string> {
  const deps = anInstallation(
    {
      "loki/main": (request) =>
        request.kind === "by-key" && TEXT.includes(request.key.value) ? { events: [LINE] } : {},
    },
    () => NOW,
  );
  const window = { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) };
  const asked = { keys: [{ kind: "order", value }], window };
  const answer = await collectAnswer(openTimeline(access, asked, deps, new AbortController().signal));
  return JSON.stringify(answer).replaceAll(value, "");
}

describe("a guess of what stands in a hidden field", () => {
  const hidden = ["node-a17f93", "hunter2secret", "jane77", "ref-5512aa", "node-a1", "hunt", "jane7"];

  it.each(["support", "manager", "admin", "vendor"])("is answered to %s like a guess of nothing", async (role) => {
    for (const guess of role === "admin" ? hidden.filter((one) => !one.startsWith("node")) : hidden) {
      expect([guess, await ask(anAccess(role), guess)]).toEqual([guess, await ask(anAccess(role), "zz-no-such-9")]);
    }
  });

  it("is answered to an engineer like a guess of nothing where a secret or an address stands", async () => {
    for (const guess of ["hunter2secret", "hunter2", "jane77"]) {
      expect(await ask(anAccess("engineer"), guess)).toBe(await ask(anAccess("engineer"), "zz-no-such-9"));
    }
  });

  it("is found by who reads it, so that the tests above can fail", async () => {
    const nothing = await ask(anAccess("engineer"), "zz-no-such-9");
    for (const guess of ["node-a17f93", "ref-5512aa"]) {
      expect(await ask(anAccess("engineer"), guess)).not.toBe(nothing);
    }
  });
});
