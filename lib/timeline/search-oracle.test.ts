/** A search by id finds in what the asker reads, so that whether something is found says nothing about the rest. */
import { describe, expect, it, vi } from "vitest";
import type { Access } from "@/lib/domain/access";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { anEvent } from "@/lib/domain/testing/an-event";
import { anAccess } from "@/lib/redact/testing/an-access";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "./open-timeline";
import { anInstallation } from "./testing/an-installation";

const IS_LONG = process.env["THROUGHLINE_LONG_TESTS"] === "1";
const QUERIES = IS_LONG ? 5_000 : 300;
vi.setConfig({ testTimeout: IS_LONG ? 900_000 : 60_000 });

const NOW = 1_795_446_900_000;
const LINE = anEvent({
  title: "card of customer declined on node-a17f93 password=hunter2secret",
  text: "card of customer declined on node-a17f93 password=hunter2secret",
  attributes: { "resource.host.name": "node-a17f93", "user.email": "jane77@mail.example", "shop.ref": "ref-5512aa" },
});
const TEXT = `${LINE.text ?? ""} ${Object.values(LINE.attributes).join(" ")}`;

/** Like a log store's line filter: any line that holds the text. */
async function ask(access: Access, value: string, kind = "order"): Promise<string> {
  const deps = anInstallation(
    {
      "loki/main": (request) =>
        request.kind === "by-key" && TEXT.includes(request.key.value) ? { events: [LINE] } : {},
    },
    () => NOW,
  );
  const window = { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) };
  const asked = { keys: [{ kind, value }], window };
  const answer = await collectAnswer(openTimeline(access, asked, deps, new AbortController().signal));
  // How an asked id is named in addresses: its own stand-in, whether it exists or not.
  const text = JSON.stringify(answer).replaceAll(/"ref":"[^"]*"/g, '"ref":""');
  return text.replaceAll(`:"${value}"`, ':""').replaceAll(`:${value}"`, ':"');
}

describe("a guess of what stands in a hidden field", () => {
  const hidden = ["node-a17f93", "hunter2secret", "jane77", "ref-5512aa", "node-a1", "hunt", "jane7"];

  it.each(["support", "manager", "admin"])("is answered to %s like a guess of nothing", async (role) => {
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

  /** Letter by letter, through every kind that may be asked by: what is learned is nothing, not even the first letter. */
  it.each(["support", "manager"])("teaches a patient script in the role of %s nothing", async (role) => {
    // Managers ask by the stand-in of an account, which no guess of the account leads to.
    const kinds = ["order", "ticket", "job", "request", "trace", "session", ...(role === "manager" ? [] : ["account"])];
    const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789-@."];
    const nothing = new Map<string, string>();
    for (const kind of kinds) nothing.set(kind, await ask(anAccess(role), "zz-no-such-9", kind));
    let asked = 0;
    for (const secret of ["node-a17f93", "hunter2secret", "jane77@mail.example", "ref-5512aa"]) {
      for (let length = 1; length <= secret.length && asked < QUERIES; length++) {
        for (const kind of kinds) {
          for (const letter of length % 2 === 0 ? letters : [secret.charAt(length - 1)]) {
            const guess = secret.slice(0, length - 1) + letter;
            if (guess.length < 2) continue;
            if (asked++ >= QUERIES) break;
            const told = await ask(anAccess(role), guess, kind);
            const none = nothing.get(kind) ?? "";
            let at = 0;
            while (at < none.length && none[at] === told[at]) at++;
            // The first difference is what an attacker would look at.
            expect([kind, guess, told.slice(at - 40, at + 40)]).toEqual([kind, guess, none.slice(at - 40, at + 40)]);
          }
        }
      }
    }
    expect(asked).toBeGreaterThanOrEqual(QUERIES);
  });
});
