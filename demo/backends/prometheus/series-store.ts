/** Samples in memory: one series per label set, samples in time order, and exemplars beside them. */
import type { DemoSample } from "../backend";
import { LabelSet } from "./label-set";
import type { Matcher } from "./promql-ast";

export interface Exemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly atMs: number;
}

export class Series {
  readonly times: number[] = [];
  readonly values: number[] = [];
  readonly exemplars: Exemplar[] = [];
  /** A stale marker is one NaN among many in Prometheus; JavaScript cannot tell NaNs apart, so their times are kept here. */
  readonly #staleAtMs = new Set<number>();

  constructor(readonly labels: LabelSet) {}

  /** A second sample at one instant replaces the first. `"stale"` ends the series until its next sample. */
  append(atMs: number, value: number | "stale"): void {
    const end = this.times.at(-1);
    const index = end === undefined || end < atMs ? this.times.length : this.upperBound(atMs - 1);
    if (value === "stale") this.#staleAtMs.add(atMs);
    else this.#staleAtMs.delete(atMs);
    const stored = value === "stale" ? NaN : value;
    const replaced = this.times[index] === atMs ? 1 : 0;
    if (index === this.times.length) {
      this.times.push(atMs);
      this.values.push(stored);
      return;
    }
    this.times.splice(index, replaced, atMs);
    this.values.splice(index, replaced, stored);
  }

  isStale(index: number): boolean {
    return this.#staleAtMs.size > 0 && this.#staleAtMs.has(this.times[index] ?? NaN);
  }

  /** How many samples have a time ≤ `atMs`. */
  upperBound(atMs: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.times[middle] ?? Infinity) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a real or stale sample lies in [startMs, endMs]. */
  hasSampleIn(startMs: number, endMs: number): boolean {
    const at = this.times[this.upperBound(startMs - 1)];
    return at !== undefined && at <= endMs;
  }
}

export class SeriesStore {
  readonly #series = new Map<string, Series>();
  readonly #byName = new Map<string, Series[]>();

  push(samples: readonly DemoSample[]): void {
    for (const sample of samples) {
      const series = this.seriesOf(LabelSet.of(sample.labels));
      series.append(sample.atMs, sample.value);
      if (sample.exemplar) series.exemplars.push({ ...sample.exemplar, atMs: sample.atMs });
    }
  }

  seriesOf(labels: LabelSet): Series {
    const known = this.#series.get(labels.key);
    if (known) return known;
    const made = new Series(labels);
    this.#series.set(labels.key, made);
    const name = labels.get("__name__");
    const peers = this.#byName.get(name);
    if (peers) peers.push(made);
    else this.#byName.set(name, [made]);
    return made;
  }

  /** Order: by label set, so that answers do not depend on the order of pushes. */
  select(matchers: readonly Matcher[]): Series[] {
    const name = matchers.find((matcher) => matcher.name === "__name__" && matcher.op === "=");
    const candidates = name ? (this.#byName.get(name.value) ?? []) : [...this.#series.values()];
    return candidates
      .filter((series) => matchers.every((matcher) => matcher.matches(series.labels.get(matcher.name))))
      .sort((a, b) => (a.labels.key < b.labels.key ? -1 : 1));
  }

  all(): Series[] {
    return [...this.#series.values()];
  }
}
