/** Quantiles over plain values and over classic histogram buckets (promql/quantile.go). */

export interface Bucket {
  readonly upperBound: number;
  readonly count: number;
}

export function quantileOf(quantile: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = quantile * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return (sorted[lower] ?? NaN) * (1 - weight) + (sorted[upper] ?? NaN) * weight;
}

/** In: cumulative buckets in any order. Out: NaN without a +Inf bucket or without observations. */
export function bucketQuantile(quantile: number, unordered: readonly Bucket[]): number {
  if (Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  const buckets = monotonic(coalesce(unordered));
  const last = buckets.at(-1);
  if (last?.upperBound !== Infinity || buckets.length < 2 || last.count === 0) return NaN;
  const rank = quantile * last.count;
  const found = buckets.slice(0, -1).findIndex((bucket) => bucket.count >= rank);
  if (found < 0) return buckets.at(-2)?.upperBound ?? NaN;
  const bucket = buckets[found] ?? last;
  if (found === 0 && bucket.upperBound <= 0) return bucket.upperBound;
  const before = found === 0 ? { upperBound: 0, count: 0 } : (buckets[found - 1] ?? last);
  const share = (rank - before.count) / (bucket.count - before.count);
  return before.upperBound + (bucket.upperBound - before.upperBound) * share;
}

/** `le="1"` and `le="1.0"` are one bucket: their counts add up. */
function coalesce(unordered: readonly Bucket[]): Bucket[] {
  const counts = new Map<number, number>();
  for (const bucket of unordered) counts.set(bucket.upperBound, (counts.get(bucket.upperBound) ?? 0) + bucket.count);
  return [...counts].map(([upperBound, count]) => ({ upperBound, count })).sort((a, b) => a.upperBound - b.upperBound);
}

function monotonic(buckets: readonly Bucket[]): Bucket[] {
  let highest = 0;
  return buckets.map((bucket) => {
    highest = Math.max(highest, bucket.count);
    return { ...bucket, count: highest };
  });
}
