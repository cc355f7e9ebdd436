/** The few template forms the story's rules use: `{{ $labels.x }}`, `{{ $value }}` and two number formats. */
import { formatValue } from "./format-value";
import type { LabelSet } from "./label-set";

/** An unknown form stays visible as an error text, as the real engine does. */
export function expandTemplate(template: string, labels: LabelSet, value: number): string {
  return template.replaceAll(/\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const label = /^\$labels\.([A-Za-z_][A-Za-z0-9_]*)$/.exec(expression);
    if (label) return labels.get(label[1] ?? "");
    switch (expression) {
      case "$value":
        return formatValue(value);
      case "$value | humanizePercentage":
        return `${significant(value * 100)}%`;
      case "$value | humanize":
        return significant(value);
      default:
        return `<error expanding template: ${expression}>`;
    }
  });
}

/** Go's `%.4g` for everyday sizes. */
function significant(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : formatValue(value);
}
