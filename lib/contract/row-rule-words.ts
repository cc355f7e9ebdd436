/** A row rule as a sentence that can be read aloud. Pure. */
import type { RowMatch, RowRule } from "@/lib/domain/policy";

const GRANTS = {
  full: "in full",
  stub: "as a stub: that something happened, when, and nothing else",
} as const;

export function rowRuleWords({ rows, grant }: RowRule): string {
  return `${capital(rowMatchWords(rows))}: ${GRANTS[grant]}.`;
}

/** `alerts of billing-api with label team billing`. */
export function rowMatchWords(match: RowMatch): string {
  const labels = Object.entries(match.labels ?? {});
  const parts = [
    match.own ? "in the person's own scope" : "",
    match.services ? `of ${either(match.services)}` : "",
    match.teams ? `of services owned by ${either(match.teams)}` : "",
    match.sourceKinds ? `from ${either(match.sourceKinds)}` : "",
    match.sources ? `from ${either(match.sources)}` : "",
    ...labels.map(([name, values]) => `with ${name} ${either(values)}`),
    match.recognised ? "that a configured sentence describes" : "",
  ].filter((part) => part !== "");
  const kinds = match.kinds ? `rows of kind ${either(match.kinds)}` : parts.length === 0 ? "every row" : "rows";
  return [kinds, ...parts].join(" ");
}

function either(names: readonly string[]): string {
  const sorted = [...new Set(names)].sort();
  if (sorted.length < 2) return sorted[0] ?? "nothing";
  return `${sorted.slice(0, -1).join(", ")} or ${sorted.at(-1) ?? ""}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
