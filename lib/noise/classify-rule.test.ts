import { expect, it } from "vitest";
import { classifyRule } from "./classify-rule";

const by = (name: string, expression = "", declaredClass = "") => classifyRule({ name, expression, declaredClass });

it.each([
  ["time() - batch_last_success_timestamp_seconds > 93600", "missed-window"],
  ["job_failures_in_row >= 3", "three-failures"],
  ["increase(import_rows_written_total[1d]) == 0", "empty-output"],
  ["deriv(rabbitmq_queue_messages[30m]) > 0", "growing-queue"],
  ["histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m])) > 1", "symptom"],
  ['sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.01', "symptom"],
])("reads %s as %s", (expression, expected) => {
  expect(by("X", expression)).toEqual({ class: expected, by: "expression" });
});

it.each([
  ["NightlyImportMissed", "missed-window"],
  ["push_queue_growing", "growing-queue"],
  ["CheckoutErrors", "symptom"],
  ["PricingLatencyHigh", "symptom"],
  ["FraudSloBurn", "symptom"],
])("tells %s by its name, when there is no more, as %s", (name, expected) => {
  expect(by(name)).toEqual({ class: expected, by: "name" });
});

it("takes neither a cause nor a failure that is tried again for one of them", () => {
  expect(by("NodeCpuHigh", "100 - avg(rate(node_cpu_seconds_total{mode='idle'}[5m])) > 80")).toEqual({
    class: "other",
    by: "nothing",
  });
  expect(by("NodeRebooted", 'time() - node_boot_time_seconds{job="node"} < 600').class).toBe("other");
  expect(by("JobAttemptFailed", "increase(job_attempt_failed_total[5m]) > 0").class).toBe("other");
});

it("believes a label first, and only a word that it knows", () => {
  expect(by("QueueDeep", "queue_depth > 5", "symptom")).toEqual({ class: "symptom", by: "label" });
  expect(by("QueueDeep", "queue_depth > 5", "whatever")).toEqual({ class: "growing-queue", by: "expression" });
});
