/** One log line on its way through a pipeline: its text and its labels in Loki's three categories. */

type Texts = Readonly<Record<string, string>>;
const NONE: Texts = Object.freeze({});

export class LineState {
  line: string;
  stream: Texts;
  metadata: Texts;
  parsed: Texts = NONE;
  readonly #indexed: Texts;

  constructor(line: string, stream: Texts, metadata: Texts) {
    this.line = line;
    this.stream = stream;
    this.#indexed = stream;
    this.metadata = metadata;
  }

  /** A missing label reads as the empty text, as in every LogQL comparison. */
  get(name: string): string {
    // Written out, because this runs once a line and a list here doubles the time of a query.
    if (this.parsed !== NONE && Object.hasOwn(this.parsed, name)) return this.parsed[name] ?? "";
    if (Object.hasOwn(this.metadata, name)) return this.metadata[name] ?? "";
    return Object.hasOwn(this.stream, name) ? (this.stream[name] ?? "") : "";
  }

  has(name: string): boolean {
    return [this.parsed, this.metadata, this.stream].some((texts) => Object.hasOwn(texts, name));
  }

  /** Adds what a parser found. A name of an index label gets `_extracted`; a metadata key keeps its own value
   *  (recorded with Loki 3.4.6: `form.parsed-collides`). */
  addParsed(fields: Texts): void {
    const added: Record<string, string> = { ...this.parsed };
    for (const [name, value] of Object.entries(fields)) {
      const free = Object.hasOwn(this.#indexed, name) ? `${name}_extracted` : name;
      if (!Object.hasOwn(this.metadata, free)) added[free] = value;
    }
    this.parsed = added;
  }

  /** Writes one label as `label_format` does: wherever the name was, the new value stands among the parsed ones. */
  set(name: string, value: string): void {
    this.remove((other) => other === name);
    if (value !== "") this.parsed = { ...this.parsed, [name]: value };
  }

  setError(error: string, details = ""): void {
    this.parsed = { ...this.parsed, __error__: error, ...(details === "" ? {} : { __error_details__: details }) };
  }

  remove(test: (name: string, value: string) => boolean): void {
    this.stream = without(this.stream, test);
    this.metadata = without(this.metadata, test);
    this.parsed = without(this.parsed, test);
  }

  all(): Record<string, string> {
    return { ...this.stream, ...this.metadata, ...this.parsed };
  }
}

function without(texts: Texts, test: (name: string, value: string) => boolean): Texts {
  const kept = Object.entries(texts).filter(([name, value]) => !test(name, value));
  return kept.length === Object.keys(texts).length ? texts : Object.fromEntries(kept);
}
