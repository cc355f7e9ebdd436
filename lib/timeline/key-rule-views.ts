/** Rules of all origins as one list, each saying where it comes from and whether another stands in its place. Pure. */
import type { KeyRuleList, KeyRuleView } from "@/lib/contract/key-rule";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { KeyRule } from "@/lib/domain/key-rule";
import type { StoredKeyRule } from "@/lib/domain/stored-key-rule";
import { checkKeyRule } from "@/lib/normalize/check-key-rule";

const ORDER = { "built-in": 0, page: 1, file: 2 } as const;

export function keyRuleViews(
  fileRules: readonly KeyRule[],
  stored: readonly StoredKeyRule[],
): Pick<KeyRuleList, "rules" | "unreadable"> {
  const usable = stored.filter(isUsable);
  const inFile = new Set(fileRules.map(({ name }) => name));
  const onPage = new Set(usable.map(({ name }) => name));
  const provisioned = (rule: KeyRule, provenance: "built-in" | "file"): KeyRuleView => {
    const replacedBy =
      provenance === "file" ? null : inFile.has(rule.name) ? "file" : onPage.has(rule.name) ? "page" : null;
    const unsaved = { id: null, version: null, updatedAt: null, updatedBy: null };
    return { ...unsaved, rule, provenance, replacedBy, inForce: replacedBy === null };
  };
  const rules = [
    ...builtInKeyRules().map((rule) => provisioned(rule, "built-in")),
    ...usable.map((one) => viewOfStored(one, one.rule, inFile.has(one.name))),
    ...fileRules.map((rule) => provisioned(rule, "file")),
  ];
  rules.sort((a, b) => compare(a.rule.name, b.rule.name) || ORDER[a.provenance] - ORDER[b.provenance]);
  const unreadable = stored.filter((one) => !isUsable(one)).map(({ id, name, version }) => ({ id, name, version }));
  return { rules, unreadable };
}

export function viewOfStored(stored: StoredKeyRule, rule: KeyRule, inFile = false): KeyRuleView {
  const { id, version, updatedAt, by } = stored;
  const state = { inForce: !inFile, replacedBy: inFile ? ("file" as const) : null };
  return { id, rule, provenance: "page", ...state, version, updatedAt: updatedAt.toISOString(), updatedBy: by };
}

function isUsable(one: StoredKeyRule): one is StoredKeyRule & { readonly rule: KeyRule } {
  return one.rule !== undefined && checkKeyRule(one.rule).length === 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
