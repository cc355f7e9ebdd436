/**
 * Writes untrusted text into PromQL. The lexer takes Go string literals (prometheus `promql/parser/lex.go`), and label
 * regexes are fully anchored RE2.
 */

const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const PLAIN_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** A double-quoted literal that means exactly `value`. Lone surrogates become U+FFFD: PromQL has no way to say them. */
export function quotePromql(value: string): string {
  // JSON's escapes are a subset of Go's. A raw U+FFFD is refused as "invalid UTF-8 rune"; its escape is fine.
  return JSON.stringify(value.toWellFormed()).replaceAll("\ufffd", "\\ufffd");
}

/** A quoted regex that matches each of `values` and nothing else. */
export function quoteAlternatives(values: readonly string[]): string {
  return quotePromql(values.map(escapeRe2).join("|"));
}

/** Names outside the classic alphabet need the quoted form of Prometheus 3. */
export function labelName(name: string): string {
  return PLAIN_LABEL.test(name) ? name : quotePromql(name);
}

/** A vector selector. `matchers` are ready-made PromQL, such as `service=~"a|b"`. */
export function selector(metric: string, matchers: readonly string[]): string {
  if (PLAIN_METRIC.test(metric)) return `${metric}{${matchers.join(",")}}`;
  return `{${[quotePromql(metric), ...matchers].join(",")}}`;
}

function escapeRe2(value: string): string {
  return value.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
