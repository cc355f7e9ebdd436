/** What another policy would newly show, hide or change, role by role, in words that an admin decides by. Pure. */
import type { PolicyChange, PolicyEffect } from "@/lib/contract/policy";
import { rowRuleWords } from "@/lib/contract/row-rule-words";
import type { Cell, PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import { FIELD_CLASSES, type FieldClass, type Treatment } from "@/lib/domain/role";
import type { CompiledKeyRules } from "@/lib/normalize/compile-key-rules";
import { classOfKeyKind, compileFieldCatalog } from "./field-catalog";
import { tellsNoMoreThan } from "./meet-treatments";
import { cellOf, nothingFor, rolePolicyOf } from "./policy";

/** In the order of roles, classes, rows, abilities, fields, tests. Empty for two documents that mean the same. */
export function policyDiff(before: PolicyDocument, after: PolicyDocument, keyRules: CompiledKeyRules): PolicyChange[] {
  return [...roleChanges(before, after), ...fieldChanges(before, after, keyRules), ...testChanges(before, after)];
}

/** For records of what was done: how many changes of which effect. */
export function countEffects(changes: readonly PolicyChange[]): Record<PolicyEffect, number> {
  const counts = { more: 0, less: 0, different: 0, none: 0 };
  for (const { effect } of changes) counts[effect]++;
  return counts;
}

function roleChanges(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
  const names = [...new Set([...before.roles, ...after.roles].map(({ name }) => name))].sort();
  return names.flatMap((name) => {
    const [old, next] = [before, after].map(({ roles }) => roles.find((role) => role.name === name));
    const change = { role: name, subject: "role", name } as const;
    if (!next) {
      const sentence = `The role ${name} is removed: whoever acts in it sees nothing.`;
      return [{ ...change, before: "exists", after: null, effect: "less", sentence } as const];
    }
    const isNew = old
      ? []
      : [{ ...change, before: null, after: "exists", effect: "more", sentence: `The role ${name} is new.` } as const];
    return [...isNew, ...partChanges(old ?? nothingFor(name), next)];
  });
}

function partChanges(before: RolePolicy, after: RolePolicy): PolicyChange[] {
  const role = after.name;
  const lists = [
    ["ability", before.abilities, after.abilities, "may", "may no longer"],
    ["reveal", before.mayReveal, after.mayReveal, "may reveal", "may no longer reveal"],
  ] as const;
  return [
    ...FIELD_CLASSES.flatMap((fieldClass) => cellChange(before, after, fieldClass)),
    ...added(before.rows.map(rowRuleWords), after.rows.map(rowRuleWords)).map(({ name, isNew }) => ({
      ...listChange(role, "rows", name, isNew),
      sentence: isNew ? `${role} sees more rows. ${name}` : `${role} loses a row rule. ${name}`,
    })),
    ...lists.flatMap(([subject, old, next, may, mayNot]) =>
      added(old, next).map(({ name, isNew }) => ({
        ...listChange(role, subject, name, isNew),
        sentence: `${role} ${isNew ? may : mayNot} ${name}.`,
      })),
    ),
  ];
}

function cellChange(before: RolePolicy, after: RolePolicy, fieldClass: FieldClass): PolicyChange[] {
  const [old, next] = [cellOf(before, fieldClass), cellOf(after, fieldClass)];
  const effect = cellEffect(old, next);
  if (effect === "none") return [];
  const [oldText, newText] = [cellWords(old), cellWords(next)];
  const sentence = `${after.name}: ${fieldClass} was ${oldText}, and becomes ${newText}.`;
  return [{ role: after.name, subject: "class", name: fieldClass, before: oldText, after: newText, effect, sentence }];
}

/** `more` and `less` only when that is so both in the own scope and outside it. */
export function cellEffect(before: Cell, after: Cell): PolicyEffect {
  const effects = (["own", "other"] as const).map((scope) => treatmentEffect(half(before, scope), half(after, scope)));
  const kinds = new Set(effects.filter((effect) => effect !== "none"));
  const [only] = kinds;
  return kinds.size > 1 ? "different" : (only ?? "none");
}

function treatmentEffect(before: Treatment, after: Treatment): PolicyEffect {
  if (before === after) return "none";
  if (tellsNoMoreThan(after, before)) return "less";
  return tellsNoMoreThan(before, after) ? "more" : "different";
}

function half(cell: Cell, scope: "own" | "other"): Treatment {
  return typeof cell === "string" ? cell : cell[scope];
}

function cellWords(cell: Cell): string {
  if (typeof cell === "string") return cell;
  return cell.own === cell.other ? cell.own : `${cell.own} in the own scope, else ${cell.other}`;
}

/** A path that gets another class is another cell for each role. */
function fieldChanges(before: PolicyDocument, after: PolicyDocument, keyRules: CompiledKeyRules): PolicyChange[] {
  const [old, next] = [before, after].map(({ fields, keyKinds }) => compileFieldCatalog(fields, keyRules, keyKinds));
  const paths = [...new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])].sort();
  const kinds = [...new Set([...Object.keys(before.keyKinds), ...Object.keys(after.keyKinds)])].sort();
  const moved = [
    ...paths.map((name) => ["field", name, old?.classOf(name), next?.classOf(name)] as const),
    ...kinds.map(
      (name) =>
        ["key-kind", name, classOfKeyKind(name, before.keyKinds), classOfKeyKind(name, after.keyKinds)] as const,
    ),
  ];
  return moved.flatMap(([subject, name, from = "unknown", to = "unknown"]) => {
    if (from === to) return [];
    const { effect, words } = movedEffect(before, after, from, to);
    const sentence = `${name} was ${from}, and becomes ${to}${words === "" ? "" : `: ${words}`}.`;
    return [{ role: null, subject, name, before: from, after: to, effect, sentence }];
  });
}

function movedEffect(before: PolicyDocument, after: PolicyDocument, from: FieldClass, to: FieldClass) {
  const byEffect: Record<PolicyEffect, string[]> = { more: [], less: [], different: [], none: [] };
  for (const role of after.roles) {
    byEffect[cellEffect(cellOf(rolePolicyOf(before, role.name), from), cellOf(role, to))].push(role.name);
  }
  const { more, less, different } = byEffect;
  const kinds = ([more, less, different] as const).filter((names) => names.length > 0).length;
  const effect: PolicyEffect =
    kinds > 1 || different.length > 0 ? "different" : more.length > 0 ? "more" : less.length > 0 ? "less" : "none";
  const words = [
    more.length > 0 ? `${more.join(", ")} see more of it` : "",
    less.length > 0 ? `${less.join(", ")} see less of it` : "",
    different.length > 0 ? `${different.join(", ")} see something else` : "",
  ];
  return { effect, words: words.filter((part) => part !== "").join("; ") };
}

/** A test that goes away lets later policies show what it held back. */
function testChanges(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
  const words = ({ tests }: PolicyDocument) => tests.map(({ role, field }) => `${role} never sees ${field}`);
  return added(words(before), words(after)).map(({ name, isNew }) => ({
    ...{
      role: null,
      subject: "test",
      name,
      before: isNew ? null : "held",
      after: isNew ? "held" : null,
      effect: "none",
    },
    sentence: isNew ? `Test added: ${name}.` : `Test removed: ${name}.`,
  }));
}

function added(before: readonly string[], after: readonly string[]): { name: string; isNew: boolean }[] {
  const [old, next] = [new Set(before), new Set(after)];
  return [
    ...[...next].filter((name) => !old.has(name)).map((name) => ({ name, isNew: true })),
    ...[...old].filter((name) => !next.has(name)).map((name) => ({ name, isNew: false })),
  ];
}

function listChange(role: string, subject: PolicyChange["subject"], name: string, isNew: boolean) {
  const effect: PolicyEffect = isNew ? "more" : "less";
  return { role, subject, name, before: isNew ? null : "granted", after: isNew ? "granted" : null, effect };
}
