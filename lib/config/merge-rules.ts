/** Rules of pages and file on top of the built-in ones: same name (or same pair) replaces, anything else is added. Pure. */
import { builtInExpansionRules, builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { ExpansionRule, KeyRule } from "@/lib/domain/key-rule";

/** The file has the last word: what it says cannot be changed on a page. */
export function mergeKeyRules(fromFile: readonly KeyRule[], fromPage: readonly KeyRule[] = []): KeyRule[] {
  const byName = new Map(builtInKeyRules().map((rule) => [rule.name, rule]));
  for (const rule of [...fromPage, ...fromFile]) byName.set(rule.name, rule);
  return [...byName.values()];
}

export function mergeExpansionRules(configured: readonly ExpansionRule[]): ExpansionRule[] {
  const byPair = new Map(builtInExpansionRules().map((rule) => [`${rule.from} ${rule.to}`, rule]));
  for (const rule of configured) byPair.set(`${rule.from} ${rule.to}`, rule);
  return [...byPair.values()];
}
