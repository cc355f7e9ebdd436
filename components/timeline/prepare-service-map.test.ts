import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingView, ServiceCallView, ServiceView } from "@/lib/contract/timeline-answer";
import { prepareServiceMap } from "./prepare-service-map";

const aService = (name: string): ServiceView => ({ name, audience: "product", rows: 1, errors: 0 });
const aCall = (from: string, to: string): ServiceCallView => ({ from, to, calls: 1, errors: 0, slowestNs: "1" });
const columns = (calls: readonly ServiceCallView[]): Record<string, number> =>
  Object.fromEntries(prepareServiceMap([], calls, []).nodes.map((node) => [node.service.name, node.column]));

describe("prepareServiceMap", () => {
  it("stands every service right of all its callers", () => {
    expect(columns([aCall("app", "orders"), aCall("orders", "db"), aCall("app", "db")])).toEqual({
      app: 0,
      orders: 1,
      db: 2,
    });
  });
  it("cuts a circle where the request came in", () => {
    expect(columns([aCall("orders", "billing"), aCall("billing", "orders"), aCall("app", "billing")])).toEqual({
      app: 0,
      billing: 1,
      orders: 2,
    });
  });
  it("lists services of which no call is known instead of dropping them", () => {
    const map = prepareServiceMap([aService("app"), aService("mail"), aService("db")], [aCall("app", "db")], []);
    expect(map.alone.map((node) => node.service.name)).toEqual(["mail"]);
  });
  it("marks where it broke with how sure that is", () => {
    const finding: FindingView = {
      kind: "break-point",
      level: "likely",
      sentence: "",
      service: "db",
      events: [],
      candidates: [],
      rejected: [],
      reach: [],
    };
    const map = prepareServiceMap([], [aCall("app", "db")], [finding]);
    expect(map.nodes.map((node) => [node.service.name, node.breakPoint])).toEqual([
      ["app", undefined],
      ["db", "likely"],
    ]);
  });
  it("draws the same for any order of input, every service once, no two at one place", () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e", "f");
    const pairs = fc.uniqueArray(fc.tuple(name, name), { selector: (pair) => pair.join() });
    fc.assert(
      fc.property(pairs, (chosen) => {
        const calls = chosen.map(([from, to]) => aCall(from, to));
        const services = ["a", "b", "c", "d", "e", "f"].map(aService);
        const map = prepareServiceMap(services, calls, []);
        expect(prepareServiceMap([...services].reverse(), [...calls].reverse(), [])).toEqual(map);
        const names = [...map.nodes, ...map.alone].map((node) => node.service.name);
        expect([...names].sort()).toEqual(services.map((service) => service.name));
        expect(new Set(map.nodes.map((node) => `${String(node.column)}/${String(node.place)}`)).size).toBe(
          map.nodes.length,
        );
      }),
    );
  });
});
