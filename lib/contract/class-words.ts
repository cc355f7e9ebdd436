/** What each class of field holds, in a few words. Pure. */
import type { FieldClass } from "@/lib/domain/role";

export const CLASS_WORDS: Readonly<Record<FieldClass, string>> = {
  workflow: "kind, time, outcome, severity, known sentences",
  "business-id": "orders, tickets, jobs",
  "account-id": "customer accounts",
  personal: "e-mail, phone, name, address, IP",
  staff: "who of us acted",
  note: "what people wrote about an incident",
  infrastructure: "service names, hosts, pods, versions, alerts",
  "telemetry-id": "traces, spans, requests, sessions",
  code: "stacks, statements, exception texts, queries",
  text: "raw log lines and annotations",
  secret: "tokens, cookies, passwords, cards",
  unknown: "fields that nothing names",
};
