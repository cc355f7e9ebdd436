/** Key rules over the API: read and tried by engineers and admins, changed by admins, every change on record. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import { mergeKeyRules } from "@/lib/config/merge-rules";
import type {
  KeyRuleChange,
  KeyRuleDraft,
  KeyRuleList,
  KeyRuleTrial,
  KeyRuleTrialWish,
  KeyRuleView,
} from "@/lib/contract/key-rule";
import type { KeyRule } from "@/lib/domain/key-rule";
import type { Principal } from "@/lib/domain/principal";
import type { FieldClass } from "@/lib/domain/role";
import type { StoredKeyRule } from "@/lib/domain/stored-key-rule";
import { attributeSpellings, foldName } from "@/lib/normalize/attribute-spellings";
import { checkKeyRule } from "@/lib/normalize/check-key-rule";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compilePattern } from "@/lib/normalize/compile-pattern";
import { mayDo, requireAbility } from "@/lib/access/resolve-access";
import { ProblemError } from "@/lib/platform/problem-error";
import { classOfKeyKind, compileFieldCatalog } from "@/lib/redact/field-catalog";
import type { KeyRuleRefusal } from "@/lib/store/key-rule-repository";
import { store } from "@/lib/store/open-store";
import { keyRuleViews, viewOfStored } from "./key-rule-views";
import { freshTimelineDeps } from "./timeline-deps";
import { tryKeyRule } from "./try-key-rule";

const MAX_RULES = 200;

/** Throws `ProblemError("forbidden")` for roles that may not read or change key rules; so do all below. */
export async function listKeyRules(principal: Principal): Promise<KeyRuleList> {
  await requireAbility(principal, "read-key-rules");
  const { rules } = await (await store()).keyRules.list();
  return { ...keyRuleViews(configuration().fileKeys, rules), mayEdit: await mayDo(principal, "administer") };
}

/** Throws `ProblemError`: `bad-request` naming the field and what was expected, `conflict` for a name in use. */
export async function createKeyRule(principal: Principal, rule: KeyRuleDraft): Promise<KeyRuleView> {
  await requireAbility(principal, "administer");
  refuseBadRule(rule);
  const { keyRules } = await store();
  if ((await keyRules.list()).rules.length >= MAX_RULES) {
    throw new ProblemError("conflict", { detail: `Expected at most ${String(MAX_RULES)} rules made on this page.` });
  }
  const made = accepted(await keyRules.create(rule, authorOf(principal)));
  await audit(principal, "create", made);
  return viewOfStored(made, rule);
}

/** Throws as `createKeyRule`, and `conflict` when somebody changed the rule since `version`, `not-found` when it is gone. */
export async function changeKeyRule(
  principal: Principal,
  ruleId: string,
  { rule, version }: KeyRuleChange,
): Promise<KeyRuleView> {
  await requireAbility(principal, "administer");
  refuseBadRule(rule);
  const { keyRules } = await store();
  const changed = accepted(await keyRules.update(ruleId, version, rule, authorOf(principal)));
  await audit(principal, "change", changed);
  return viewOfStored(changed, rule);
}

export async function removeKeyRule(principal: Principal, ruleId: string, version: number): Promise<void> {
  await requireAbility(principal, "administer");
  if (!Number.isInteger(version) || version < 1) {
    throw new ProblemError("bad-request", { field: "version", detail: "Expected the version of the rule to remove." });
  }
  await audit(principal, "remove", accepted(await (await store()).keyRules.remove(ruleId, version)));
}

/** The draft in the place of the rule it replaces, beside all others in force. */
export async function testKeyRule(principal: Principal, wish: KeyRuleTrialWish): Promise<KeyRuleTrial> {
  await requireAbility(principal, "read-key-rules");
  refuseProblems(wish.rule, "rule.");
  const { reading } = await freshTimelineDeps();
  const others = reading.keys.all
    .map(({ rule }) => rule)
    .filter(({ name }) => ![wish.rule.name, wish.replaces].includes(name));
  return tryKeyRule(wish.lines, [...others, wish.rule], wish.rule.name);
}

function refuseBadRule(rule: KeyRule): void {
  refuseProblems(rule);
  if (configuration().fileKeys.some(({ name }) => name === rule.name)) {
    const detail =
      "Expected another name: the provisioning file has a rule of this name, and its rules cannot be changed here.";
    throw new ProblemError("conflict", { field: "name", detail });
  }
  refuseOpenedFields(rule);
}

function refuseProblems(rule: KeyRule, prefix = ""): void {
  const [first] = checkKeyRule(rule);
  if (first) throw new ProblemError("bad-request", { field: prefix + first.field, detail: first.detail });
}

/** Fields whose content is no id, whatever a rule says. */
const NO_IDS: ReadonlySet<FieldClass> = new Set(["secret", "personal", "staff", "note", "code", "text"]);

/** Ids that fewer roles read than ids of orders: only a rule of such a kind may read them. */
const NARROW_IDS: ReadonlySet<FieldClass> = new Set(["account-id", "telemetry-id"]);

/** What is plainly no id. */
const NO_VALUE = "someone@example.com";

/** Ids are shown to more roles than personal data: a rule must not be the way around the policy. The file may say so. */
function refuseOpenedFields(rule: KeyRule): void {
  if (classOfKeyKind(rule.kind) === "business-id" && compilePattern(rule.value).matchesAll(NO_VALUE)) {
    const detail =
      "Expected a pattern that does not accept e-mail addresses: ids of this kind are shown to every role.";
    throw new ProblemError("bad-request", { field: "value", detail });
  }
  const { fields, fileKeys } = configuration();
  const others = mergeKeyRules(fileKeys);
  const catalog = compileFieldCatalog(fields, compileKeyRules(others));
  const own = classOfKeyKind(rule.kind);
  const isClosed = (one: FieldClass) => NO_IDS.has(one) || (NARROW_IDS.has(one) && one !== own);
  rule.attributes.forEach((name, i) => {
    const spellings = [name, ...attributeSpellings({ ...rule, attributes: [name] })];
    const closed = spellings.map((one) => catalog.classOf(one)).find(isClosed);
    if (closed === undefined) return;
    const detail = `Expected a field that holds ids: this one is classed as ${closed}, and a rule would open it to other roles.`;
    throw new ProblemError("bad-request", { field: `attributes.${String(i)}`, detail });
  });
  const narrow = others.filter(({ kind }) => isClosed(classOfKeyKind(kind))).flatMap(({ words }) => words);
  const taken = rule.words.findIndex((word) => narrow.some((one) => foldName(one) === foldName(word)));
  if (taken < 0) return;
  const detail = "Expected another word: ids behind this one are shown to fewer roles than ids of this kind.";
  throw new ProblemError("bad-request", { field: `words.${String(taken)}`, detail });
}

function accepted(result: StoredKeyRule | KeyRuleRefusal): StoredKeyRule {
  if (typeof result === "object") return result;
  switch (result) {
    case "missing":
      throw new ProblemError("not-found", { detail: "There is no such rule; somebody may have removed it." });
    case "stale":
      throw new ProblemError("conflict", { detail: "Somebody changed this rule since you opened it." });
    case "taken":
      throw new ProblemError("conflict", { field: "name", detail: "Expected another name: a rule has this one." });
  }
}

function authorOf({ userId, displayName }: Principal) {
  return { userId, name: displayName };
}

/** Ids and names only: patterns may hold examples of real ids. */
async function audit(principal: Principal, verb: "create" | "change" | "remove", rule: StoredKeyRule): Promise<void> {
  const { userId: actor, role } = principal;
  const detail = { ruleId: rule.id, name: rule.name, version: rule.version };
  await (await store()).audit.append({ actor, role, action: `key-rule.${verb}`, detail });
}
