/**
 * Deep links into Grafana Explore. Pure.
 * URL form: https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools
 * (`schemaVersion=1`, Grafana 10 and newer).
 */
import { epochMs } from "@/lib/domain/epoch-ns";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { TimeWindow } from "@/lib/domain/time-window";

type Grafana = NonNullable<SourceSettings["grafana"]>;

/** One Explore pane with `query` in it. The query is data inside JSON inside one URL parameter, so it cannot escape. */
export function grafanaLink(
  grafana: Grafana,
  language: "loki" | "tempo" | "prometheus",
  query: string,
  window: TimeWindow,
): string {
  const datasource = { type: language, uid: grafana.datasourceUid };
  const question = language === "tempo" ? { queryType: "traceql", query } : { expr: query };
  const pane = {
    datasource: grafana.datasourceUid,
    queries: [{ refId: "A", datasource, ...question }],
    // One millisecond more at the end: Explore cuts to milliseconds, our windows do not.
    range: { from: String(epochMs(window.fromNs)), to: String(epochMs(window.toNs) + 1) },
  };
  const parameters = new URLSearchParams({
    schemaVersion: "1",
    orgId: String(grafana.orgId),
    panes: JSON.stringify({ a: pane }),
  });
  return `${grafana.url.replace(/\/+$/, "")}/explore?${parameters.toString()}`;
}
