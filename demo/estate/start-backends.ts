/** Starts the shop's observability estate on the loopback address: two Lokis and one of everything else. */
import { createAlertmanagerBackend } from "../backends/alertmanager/alertmanager-backend";
import type { DemoBackend } from "../backends/backend";
import { Notifier, type PostWebhook } from "../backends/alertmanager/notifier";
import { createLokiBackend } from "../backends/loki/loki-backend";
import { createPrometheusBackend } from "../backends/prometheus/prometheus-backend";
import { createSentryBackend } from "../backends/sentry/sentry-backend";
import { createTempoBackend } from "../backends/tempo/tempo-backend";
import type { Stage } from "../story/conduct-story";
import type { DemoSource } from "./write-configuration";

const SENTRY_ORG = "shop";
const SENTRY_PROJECTS = ["status-api", "storefront-api", "order-service", "billing-worker", "nightly-import"];

export interface Estate {
  /** Alertmanager's notifications; the launcher lets time pass for it. */
  readonly notifier: Notifier;
  readonly stage: Stage;
  readonly sources: readonly DemoSource[];
  close(): Promise<void>;
}

/** All backends, listening on free ports, empty. Alerts travel from Prometheus to Alertmanager and on to `post`. */
export async function startBackends(post: PostWebhook): Promise<Estate> {
  const lokiProduct = createLokiBackend();
  const lokiInternal = createLokiBackend();
  const tempo = createTempoBackend();
  const alertmanager = createAlertmanagerBackend();
  const prometheus = createPrometheusBackend();
  const notifier = new Notifier(post, "http://alertmanager.shop.example:9093");
  prometheus.onTransition(({ alert }) => {
    alertmanager.post([alert]);
    notifier.take(alert, Date.now());
  });
  const sentry = createSentryBackend({ org: SENTRY_ORG, projects: SENTRY_PROJECTS });
  const all: readonly DemoBackend[] = [lokiProduct, lokiInternal, tempo, alertmanager, prometheus, sentry];
  const [product = "", internal = "", traces = "", alerts = "", metrics = "", errors = ""] = await Promise.all(
    all.map((backend) => backend.listen(0)),
  );
  return {
    notifier,
    stage: { lokiProduct, lokiInternal, tempo, prometheus, sentry },
    sources: [
      { kind: "loki", name: "product", url: product },
      { kind: "loki", name: "internal", url: internal, audience: "internal" },
      { kind: "tempo", url: traces },
      { kind: "prometheus", url: metrics },
      { kind: "alertmanager", url: alerts },
      { kind: "sentry", name: "web", url: errors, org: SENTRY_ORG, token: "demo-token" },
    ],
    close: async () => {
      await Promise.all(all.map((backend) => backend.close()));
    },
  };
}
