/** A row for tests: say only what the test is about. */
import type { EventView } from "@/lib/contract/event-view";

export function anEventView(over: Partial<EventView> & { id: string; happenedAtNs?: string }): EventView {
  const happenedAtNs = over.happenedAtNs ?? "1795428843012000000";
  return {
    orderKey: `${happenedAtNs}-${over.id}`,
    kind: "log",
    happenedAt: "2026-11-23T10:14:03.012000000Z",
    happenedAtNs,
    service: "order-service",
    environment: "production",
    actor: { kind: "service" },
    severity: "info",
    outcome: "ok",
    title: `row ${over.id}`,
    sentence: `The order service did ${over.id}.`,
    attributes: {},
    keys: [{ kind: "order", value: "48192" }],
    source: "loki",
    links: [],
    why: [{ key: "order:48192", keyKind: "order", rule: "order id", confidence: "exact", source: "loki" }],
    context: false,
    seenIn: ["loki"],
    count: 1,
    ...over,
  };
}
