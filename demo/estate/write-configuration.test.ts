import { readFileSync } from "node:fs";
import path from "node:path";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Configuration } from "@/lib/domain/configuration";
import type { SentenceRule } from "@/lib/domain/service-catalog";
import { SERVICES } from "../story/service-shape";
import { PLANTED_ORDER, REJECTED_ORDER, SLOW_ORDER, planStory } from "../story/story-plan";
import { tellPlanted } from "../story/tell-history";
import { configurationFile } from "./write-configuration";

const shop = readFileSync(path.join(import.meta.dirname, "../throughline.yaml"), "utf8");
const sources = [{ kind: "loki", name: "product", url: "http://127.0.0.1:3100" } as const];
const configuration = Configuration.parse(parse(configurationFile(shop, sources)));
const story = tellPlanted(planStory("seed", Date.parse("2026-11-24T10:26:07.250Z")));

function canonical(raw: string): string {
  return configuration.services.find(({ name, aliases }) => name === raw || aliases.includes(raw))?.name ?? "none";
}

/** The rule that speaks for a record, as the product picks it: the first that fits. */
function ruleFor(
  kind: string,
  rawService: string,
  outcome: string,
  texts: readonly string[],
): SentenceRule | undefined {
  return configuration.sentences.find(
    (rule) =>
      (rule.service === undefined || rule.service === canonical(rawService)) &&
      (rule.kind === undefined || rule.kind === kind) &&
      (rule.outcome === undefined || rule.outcome === outcome) &&
      (rule.text === undefined ||
        texts.some((text) =>
          RE2JS.compile(rule.text ?? "")
            .matcher(text)
            .find(),
        )),
  );
}

describe("the demo's throughline.yaml", () => {
  it("is valid together with the sources and keeps them", () => {
    expect(configuration.sources.map(({ url }) => url)).toEqual(["http://127.0.0.1:3100"]);
  });

  it("knows every service of the story under each of its names", () => {
    for (const [name, shape] of Object.entries(SERVICES)) {
      expect(canonical(shape.inTraces)).toBe(name);
      expect(canonical(shape.inLogs)).toBe(name);
    }
    expect(canonical("payments")).toBe("billing-api");
  });

  it("has a plain sentence for every span of the planted orders", () => {
    const orders: readonly string[] = [PLANTED_ORDER.order, REJECTED_ORDER.order, SLOW_ORDER.order];
    const traces = new Set(
      story.spans
        .filter(({ attributes }) =>
          orders.includes(String(Object.entries(attributes).find(([key]) => /order/i.test(key))?.[1])),
        )
        .map(({ traceId }) => traceId),
    );
    const silent = story.spans
      .filter(({ traceId }) => traces.has(traceId))
      .filter((span) => {
        const outcome = span.status === "error" ? "error" : "ok";
        return !ruleFor("span", String(span.resource["service.name"]), outcome, [span.name]);
      });
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it("has a plain sentence for every line of the planted orders", () => {
    const orders = new RegExp(`${PLANTED_ORDER.order}|${REJECTED_ORDER.order}|${SLOW_ORDER.order}|\\[mailer\\]`);
    const silent = story.lines
      .filter(({ line, metadata }) => orders.test(line) || orders.test(metadata?.["order_id"] ?? ""))
      .filter(({ line, labels }) => !/SKU|opened order/.test(line) && labels["service_name"] !== undefined)
      .filter(({ line, labels }) => {
        const service = labels["service_name"] ?? "";
        return !["error", "warning", "ok"].some((outcome) => ruleFor("log", service, outcome, [line]));
      });
    expect(silent.map(({ line }) => line)).toEqual([]);
  });

  it("tells the staff change, the save and the customer's failure in the words of the interface", () => {
    const say = (kind: string, service: string, outcome: string, text: string) =>
      ruleFor(kind, service, outcome, [text])?.say;
    const staff = story.lines.find(({ line }) => line.includes("#48192"))?.line ?? "";
    expect(say("log", "admin-web", "ok", staff)).toBe("A support agent changed the shipping method to {method}.");
    expect(ruleFor("log", "admin-web", "ok", [staff])?.as).toBe("staff-action");
    const saved = story.lines.find(({ line }) => line.includes("order_id=48192 from="))?.line ?? "";
    expect(say("log", "order-service", "ok", saved)).toBe("The order service saved the change.");
    expect(say("span", "customer-app", "error", "GET order status")).toBe("The customer opened the order page.");
    expect(say("log", "customer-app", "error", "Order page could not be shown")).toBe("The page could not be shown.");
  });

  it("never lets a sentence repeat a value that is not listed", () => {
    for (const rule of configuration.sentences) {
      const slots = [...rule.say.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name) => name !== "service");
      expect(slots.filter((name) => !rule.values[name ?? ""]?.length)).toEqual([]);
    }
  });
});
