/** `histogram_quantile` over classic buckets, with the server's warnings for what it had to leave out. */
import type { Evaluation, Sample } from "./evaluation";
import { METRIC_NAME } from "./label-set";
import { formatValue } from "./format-value";
import type { CallExpr } from "./promql-ast";
import { bucketQuantile, type Bucket } from "./quantile";
import { parseBound } from "./parse-bound";
import type { LabelSet } from "./label-set";

export function histogramQuantile(
  call: CallExpr,
  quantile: number,
  samples: readonly Sample[],
  evaluation: Evaluation,
): Sample[] {
  const at = (index: number) => `1:${String((call.args[index]?.from ?? 0) + 1)}`;
  if (Number.isNaN(quantile) || quantile < 0 || quantile > 1)
    evaluation.warnings.add(
      `PromQL warning: quantile value should be between 0 and 1, got ${formatValue(quantile)} (${at(0)})`,
    );
  const histograms = new Map<string, { labels: LabelSet; buckets: Bucket[] }>();
  for (const sample of samples) {
    const bound = sample.labels.get("le");
    const upperBound = parseBound(bound);
    if (upperBound === undefined) {
      const name = JSON.stringify(sample.labels.get(METRIC_NAME));
      evaluation.warnings.add(
        `PromQL warning: bucket label "le" is missing or has a malformed value of ${JSON.stringify(bound)} for metric name ${name} (${at(1)})`,
      );
      continue;
    }
    const labels = sample.labels.drop(["le", METRIC_NAME]);
    const histogram = histograms.get(labels.key) ?? { labels, buckets: [] };
    histogram.buckets.push({ upperBound, count: sample.value });
    histograms.set(labels.key, histogram);
  }
  return [...histograms.values()].map(({ labels, buckets }) => ({ labels, value: bucketQuantile(quantile, buckets) }));
}
