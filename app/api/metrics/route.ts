/** Metrics for Prometheus: counts and durations by source and outcome, never what was asked or found. */
import { exposeMetrics } from "@/lib/platform/metrics";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const { contentType, body } = await exposeMetrics();
  return new Response(body, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
