/** Names of hooks' kinds and of what their notifications mean. */
import type { AlertRoute } from "@/lib/domain/alert-history";
import type { HookKind } from "@/lib/domain/alert-hook";

export const KIND_WORDS: Readonly<Record<HookKind, string>> = {
  alertmanager: "Alertmanager",
  grafana: "Grafana",
  sentry: "Sentry",
  oncall: "On-call tool",
};

export const ROUTE_WORDS: Readonly<Record<AlertRoute, { readonly short: string; readonly long: string }>> = {
  page: { short: "pages", long: "Pages: somebody is woken" },
  ticket: { short: "tickets", long: "Tickets: somebody looks in working hours" },
  unknown: { short: "not said", long: "Not said: severity and receiver decide" },
};
