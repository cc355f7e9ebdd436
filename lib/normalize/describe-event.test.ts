import { describe, expect, it } from "vitest";
import { SentenceRule } from "@/lib/domain/service-catalog";
import { anEvent } from "@/lib/domain/testing/an-event";
import { compileCanonicalNames } from "./canonical-names";
import { compileSentenceBook } from "./describe-event";

const names = compileCanonicalNames(
  [
    {
      name: "billing",
      displayName: "billing service",
      aliases: ["bill-api", "payments"],
      actor: "service",
      audience: "product",
    },
  ],
  [],
);
const book = (...rules: object[]) => compileSentenceBook(rules.map((rule) => SentenceRule.parse(rule)));

describe("sentences", () => {
  it("fill a slot only with a listed value, so that no raw text passes", () => {
    const rule = {
      text: "to (?P<method>\\S+)",
      values: { method: ["express_locker"] },
      say: "{service} changed to {method}.",
    };
    const say = (title: string) => book(rule).describe(anEvent({ title }), names.service("bill-api"));
    expect(say("shipping to express_locker").sentence).toBe("Billing service changed to express locker.");
    expect(say("shipping to ada@shop.example").sentence).toBe("The billing service made a note in its log.");
  });

  it("apply to the service under any of its names, and to no other", () => {
    const rules = book({ service: "billing", say: "A bill was written." });
    expect(rules.describe(anEvent(), names.service("payments")).specific).toBe(true);
    expect(rules.describe(anEvent(), names.service("order-service")).specific).toBe(false);
  });

  it("turn a recognised line into what it is", () => {
    const rules = book({ text: "changed shipping", say: "A support agent changed the shipping.", as: "staff-action" });
    expect(rules.describe(anEvent({ title: "agent changed shipping" }), null).kind).toBe("staff-action");
  });

  it("never name a service that nobody listed", () => {
    const { sentence } = book().describe(anEvent({ outcome: "error" }), names.service("secret-project-x"));
    expect(sentence).toBe("A service reported an error.");
  });

  it("refuse a pattern that is not RE2, naming the sentence", () => {
    expect(() => book({ text: "(?=x)", say: "Lookahead." })).toThrow(/Lookahead/);
  });
});
