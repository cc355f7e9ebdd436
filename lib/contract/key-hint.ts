/** What the search box must know about each key kind to recognise a pasted value. Derived from the key rules. Pure. */
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { KeyRule } from "@/lib/domain/key-rule";

export interface KeyHint {
  readonly kind: string;
  /** As people say it: `Order`. */
  readonly label: string;
  readonly dropPrefixes: readonly string[];
  /** Widths to which numbers are filled with zeros. */
  readonly padTo: readonly number[];
  /** Case does not matter under some rule of the kind. */
  readonly anyCase: boolean;
  /** In an address such a key stands under a stand-in, which has to be asked for first. */
  readonly opaque?: true;
  /** What a whole value looks like (RE2 syntax that JavaScript shares). Absent when a browser might take long over it. */
  readonly valuePattern?: string;
}

/** One hint per kind, in the order of the rules. Defaults to the built-in rules. */
export function keyHints(rules: readonly KeyRule[] = builtInKeyRules()): KeyHint[] {
  const byKind = new Map<string, KeyHint>();
  for (const rule of rules) {
    const known = byKind.get(rule.kind);
    const pattern =
      known === undefined ? rule.value : known.valuePattern && `(?:${known.valuePattern})|(?:${rule.value})`;
    byKind.set(rule.kind, {
      kind: rule.kind,
      label: known?.label ?? rule.kind.charAt(0).toUpperCase() + rule.kind.slice(1).replaceAll("-", " "),
      dropPrefixes: [...new Set([...(known?.dropPrefixes ?? []), ...rule.dropPrefixes])],
      padTo: [...new Set([...(known?.padTo ?? []), ...rule.padTo])],
      anyCase: (known?.anyCase ?? false) || rule.fold !== "none",
      ...(pattern !== undefined && isQuickInBrowsers(rule.value) && { valuePattern: pattern }),
    });
  }
  return [...byKind.values()];
}

/** RE2 matches in linear time, the engine of a browser may not: a repeated group is where that begins. */
function isQuickInBrowsers(pattern: string): boolean {
  return !/\)[*+{]/.test(pattern);
}
