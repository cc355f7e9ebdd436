/** Immutable label sets with a stable key; derived sets are cached because a range query derives the same one per step. */
export class LabelSet {
  readonly key: string;
  readonly #derived = new Map<string, LabelSet>();

  private constructor(readonly entries: readonly (readonly [string, string])[]) {
    this.key = JSON.stringify(entries);
  }

  /** Empty values are dropped: in Prometheus an empty label is an absent label. */
  static of(labels: Readonly<Record<string, string>> | Iterable<readonly [string, string]>): LabelSet {
    const pairs: (readonly [string, string])[] = isIterable(labels) ? [...labels] : Object.entries(labels);
    return new LabelSet(pairs.filter(([, value]) => value !== "").sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }

  get(name: string): string {
    return this.entries.find(([label]) => label === name)?.[1] ?? "";
  }

  keep(names: readonly string[]): LabelSet {
    return this.#derive(`+${names.join("\u0000")}`, () => this.entries.filter(([name]) => names.includes(name)));
  }

  drop(names: readonly string[]): LabelSet {
    return this.#derive(`-${names.join("\u0000")}`, () => this.entries.filter(([name]) => !names.includes(name)));
  }

  with(name: string, value: string): LabelSet {
    return LabelSet.of([...this.entries.filter(([label]) => label !== name), [name, value]]);
  }

  toObject(): Record<string, string> {
    return Object.fromEntries(this.entries);
  }

  /** Prometheus' own spelling, used in matching errors: `{__name__="up", job="x"}`. */
  toString(): string {
    return `{${this.entries.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(", ")}}`;
  }

  #derive(recipe: string, entries: () => (readonly [string, string])[]): LabelSet {
    const known = this.#derived.get(recipe);
    if (known) return known;
    const made = new LabelSet(entries());
    this.#derived.set(recipe, made);
    return made;
  }
}

function isIterable(value: object): value is Iterable<readonly [string, string]> {
  return Symbol.iterator in value;
}

export const EMPTY_LABELS = LabelSet.of({});
export const METRIC_NAME = "__name__";
