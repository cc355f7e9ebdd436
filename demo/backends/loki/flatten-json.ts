/** What `| json` makes of a line: every scalar under its path. A line cut in the middle still gives its early fields. */

export interface FlatFields {
  readonly fields: Readonly<Record<string, string>>;
  /** Set when the line could not be read to its end. */
  readonly broken: boolean;
}

class Cut extends Error {}

/** Nested keys join with `_`, characters outside `[A-Za-z0-9_]` become `_`, arrays are skipped, numbers keep their text,
 *  and of two equal keys the last wins (recorded with Loki 3.4.6). */
export function flattenJson(line: string, keepFirst = false): FlatFields {
  const fields: Record<string, string> = {};
  try {
    const reader = new JsonReader(line, keepFirst);
    reader.expect("{");
    readObject(reader, "", fields);
    return { fields, broken: false };
  } catch (error) {
    if (error instanceof Cut) return { fields, broken: true };
    throw error;
  }
}

function readObject(reader: JsonReader, prefix: string, fields: Record<string, string>): void {
  if (reader.take("}")) return;
  do {
    const key = reader.string();
    reader.expect(":");
    const path = prefix === "" ? labelName(key) : `${prefix}_${labelName(key, false)}`;
    readMember(reader, path, fields);
  } while (reader.take(","));
  reader.expect("}");
}

function readMember(reader: JsonReader, path: string, fields: Record<string, string>): void {
  const next = reader.peek();
  if (next === "{") {
    reader.expect("{");
    readObject(reader, path, fields);
  } else if (next === "[") reader.skipValue();
  else {
    const text = next === '"' ? reader.string() : reader.word();
    if (text !== "null" && !(reader.keepFirst && Object.hasOwn(fields, path))) fields[path] = text;
  }
}

/** A name Loki can use as a label; only the first of a path gets the `_` before a leading digit. */
export function labelName(key: string, first = true): string {
  const clean = key.trim().replace(/[^A-Za-z0-9_]/gu, "_");
  return first && /^[0-9]/u.test(clean) ? `_${clean}` : clean;
}

class JsonReader {
  #at = 0;
  readonly #text: string;
  readonly keepFirst: boolean;
  constructor(text: string, keepFirst: boolean) {
    this.keepFirst = keepFirst;
    this.#text = text;
  }

  peek(): string {
    while (/\s/u.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#text.charAt(this.#at);
  }

  take(char: string): boolean {
    if (this.peek() !== char) return false;
    this.#at += 1;
    return true;
  }

  expect(char: string): void {
    if (!this.take(char)) throw new Cut();
  }

  string(): string {
    if (this.peek() !== '"') throw new Cut();
    const from = this.#at;
    for (let at = from + 1; at < this.#text.length; at += 1) {
      const char = this.#text.charAt(at);
      if (char === "\\") at += 1;
      else if (char === '"') {
        this.#at = at + 1;
        return unescapeJson(this.#text.slice(from, at + 1));
      }
    }
    throw new Cut();
  }

  word(): string {
    const found = /^(?:true|false|null|-?[0-9][0-9.eE+-]*)/u.exec(this.#text.slice(this.#at));
    if (found === null) throw new Cut();
    this.#at += found[0].length;
    return found[0];
  }

  skipValue(): void {
    const open = this.peek();
    if (open === '"') this.string();
    else if (open === "[") this.#skipList();
    else if (open === "{") {
      this.expect("{");
      readObject(this, "", {});
    } else this.word();
  }

  #skipList(): void {
    this.expect("[");
    if (this.take("]")) return;
    do this.skipValue();
    while (this.take(","));
    this.expect("]");
  }
}

function unescapeJson(literal: string): string {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" ? value : literal;
  } catch {
    return literal.slice(1, -1);
  }
}
