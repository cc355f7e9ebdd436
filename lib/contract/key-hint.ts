/** What the search box must know about each key kind to recognise a pasted value. Derived from the key rules. Pure. */
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { KeyRule } from "@/lib/domain/key-rule";

export interface KeyHint {
  readonly kind: string;
  /** As people say it: `Order`. */
  readonly label: string;
  readonly dropPrefixes: readonly string[];
  /** What a whole value looks like (RE2 syntax that JavaScript shares). */
  readonly valuePattern?: string;
}

/** One hint per kind, in the order of the rules. Defaults to the built-in rules. */
export function keyHints(rules: readonly KeyRule[] = builtInKeyRules()): KeyHint[] {
  const byKind = new Map<string, KeyHint>();
  for (const rule of rules) {
    const known = byKind.get(rule.kind);
    byKind.set(rule.kind, {
      kind: rule.kind,
      label: known?.label ?? rule.kind.charAt(0).toUpperCase() + rule.kind.slice(1).replaceAll("-", " "),
      dropPrefixes: [...new Set([...(known?.dropPrefixes ?? []), ...rule.dropPrefixes])],
      valuePattern: known?.valuePattern === undefined ? rule.value : `(?:${known.valuePattern})|(?:${rule.value})`,
    });
  }
  return [...byKind.values()];
}
