/** Key and expansion rules every installation starts with. `throughline.yaml` adds to them or replaces them by name. */
import { type ExpansionRule, KeyRule, type KeyRuleInput } from "./key-rule";

/** Ids with at least one digit, so that words never become keys (`in order to`). */
const ID_WITH_DIGIT = "[A-Za-z0-9_.:-]*[0-9][A-Za-z0-9_.:-]*";

const RULES: readonly KeyRuleInput[] = [
  {
    name: "trace id",
    kind: "trace",
    attributes: ["trace.id", "trace", "otel.trace.id", "x.trace.id"],
    words: ["trace"],
    value: "[0-9a-f]{32}",
  },
  {
    name: "order id",
    kind: "order",
    attributes: ["order.id", "app.order.id", "order.number", "order.no"],
    words: ["order"],
    value: `[A-Za-z0-9-]{0,63}[0-9][A-Za-z0-9-]{2,63}`,
    dropPrefixes: ["#"],
  },
  {
    name: "account id",
    kind: "account",
    attributes: ["account.id", "customer.id", "account.number"],
    words: ["account", "customer"],
    value: ID_WITH_DIGIT,
  },
  {
    name: "ticket id",
    kind: "ticket",
    attributes: ["ticket.id", "case.id"],
    words: ["ticket"],
    value: ID_WITH_DIGIT,
    dropPrefixes: ["#"],
  },
  // Jobs have names more often than numbers.
  {
    name: "job id",
    kind: "job",
    attributes: ["job.id", "job.name", "job.run.id"],
    value: "[A-Za-z0-9][A-Za-z0-9_.:-]{2,127}",
  },
  {
    name: "request id",
    kind: "request",
    attributes: ["request.id", "x.request.id", "correlation.id"],
    value: `${ID_WITH_DIGIT}`,
  },
  { name: "session id", kind: "session", attributes: ["session.id"], value: ID_WITH_DIGIT },
];

const TO_TRACE = ["order", "account", "ticket", "job", "request", "session"];

/**
 * Going from a narrow key to a wider one (order to account) only happens when asked, because the wider one brings rows
 * of other orders. Going from a wide key to a narrow one, and to traces, is always safe within the budget.
 */
const EXPANSION: readonly ExpansionRule[] = [
  ...TO_TRACE.map((from) => ({ from, to: "trace", follow: "always" as const })),
  { from: "trace", to: "trace", follow: "always" },
  { from: "trace", to: "order", follow: "always" },
  { from: "account", to: "order", follow: "always" },
  { from: "ticket", to: "order", follow: "always" },
  { from: "order", to: "account", follow: "on-request" },
  { from: "trace", to: "account", follow: "on-request" },
  { from: "order", to: "ticket", follow: "on-request" },
];

export function builtInKeyRules(): KeyRule[] {
  return RULES.map((rule) => KeyRule.parse(rule));
}

export function builtInExpansionRules(): ExpansionRule[] {
  return EXPANSION.map((rule) => ({ ...rule }));
}
