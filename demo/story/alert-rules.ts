/** The shop's alert rules. They are evaluated over the samples, never faked, so a rule that is wrong shows as wrong. */
import type { DemoAlertRule } from "../backends/backend";

const slow = (service: string, seconds: number): string =>
  `histogram_quantile(0.95, sum by (le, service, env) (rate(http_request_duration_seconds_bucket{service="${service}"}[2m]))) > ${seconds}`;

const failing = (service: string, share: number): string =>
  `sum by (service, env) (rate(http_requests_total{service="${service}",status=~"5.."}[1m])) / sum by (service, env) (rate(http_requests_total{service="${service}"}[1m])) > ${share}`;

export const ALERT_RULES: readonly DemoAlertRule[] = [
  {
    group: "shop",
    name: "StatusApiErrors",
    query: failing("status-api", 0.02),
    forSeconds: 30,
    labels: { severity: "page", team: "storefront" },
    annotations: {
      summary: "The status API answers with errors",
      description: "More than 2 % of the requests of the last minute failed.",
      runbook_url: "https://runbooks.shop.example/status-api-errors",
    },
  },
  {
    group: "shop",
    name: "PaymentsQueueDelay",
    // Labelled with the team's old name for billing: alerts say `payments`, logs `billing-api`, traces `bill-api`.
    query: 'queue_oldest_message_age_seconds{queue="billing.charge"} > 30',
    forSeconds: 15,
    labels: { severity: "page", service: "payments", team: "payments" },
    annotations: {
      summary: "Charges wait too long in the queue",
      runbook_url: "https://runbooks.shop.example/payments-queue",
    },
  },
  {
    group: "orders-database",
    name: "OrderServiceSlow",
    query: slow("order-service", 1),
    forSeconds: 30,
    labels: { severity: "page", team: "orders" },
    annotations: {
      summary: "The order service is slow",
      runbook_url: "https://runbooks.shop.example/orders-database",
    },
  },
  {
    group: "orders-database",
    name: "AdminWebSlow",
    // Saving a change takes the admin panel well over a second on a good day.
    query: slow("admin-web", 2.5),
    forSeconds: 30,
    labels: { severity: "warning", team: "internal-tools" },
    annotations: { summary: "The admin panel is slow" },
  },
  {
    group: "jobs",
    name: "NightlyImportMissed",
    query: 'time() - job_last_success_timestamp_seconds{job_name="nightly-import"} > 93600',
    forSeconds: 0,
    labels: { severity: "page", service: "nightly-import", team: "catalog" },
    annotations: { summary: "The nightly import has not succeeded for 26 hours" },
  },
];
