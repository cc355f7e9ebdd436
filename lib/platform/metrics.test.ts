import { describe, expect, it } from "vitest";
import { exposeMetrics, observeSourceRequest, openStreams, timelineRequests } from "./metrics";
import { reportError } from "./report-error";

describe("the metrics page", () => {
  it("shows source requests, streams, timelines and reported errors beside those of the process", async () => {
    observeSourceRequest({
      source: "loki/product",
      operation: "loki.query_range",
      result: "http_429",
      elapsedMs: 1500,
    });
    openStreams().inc();
    timelineRequests().inc({ result: "ok" });
    reportError(new Error("zqcanary7f3a"), { area: "test", expected: true });
    const { body, contentType } = await exposeMetrics();
    expect(contentType).toMatch(/^text\/plain/);
    for (const line of [
      'throughline_source_requests_total{source="loki/product",operation="loki.query_range",result="http_429"} 1',
      'throughline_source_request_duration_seconds_sum{source="loki/product",operation="loki.query_range"} 1.5',
      "throughline_open_streams 1",
      'throughline_timeline_requests_total{result="ok"} 1',
      'throughline_errors_total{area="test",expected="true"} 1',
      "process_cpu_seconds_total",
    ]) {
      expect(body).toContain(line);
    }
    expect(body).not.toContain("zqcanary7f3a");
  });
});
