/** A key rule as the fields of a form hold it: lists are text, one entry a line. */
import { KeyRuleDraft } from "@/lib/contract/key-rule";
import type { KeyRule } from "@/lib/domain/key-rule";

export interface KeyRuleForm {
  readonly name: string;
  readonly kind: string;
  readonly attributes: string;
  readonly words: string;
  readonly text: string;
  readonly value: string;
  readonly dropPrefixes: string;
  readonly padTo: string;
  readonly fold: KeyRule["fold"];
}

export type KeyRuleField = keyof KeyRuleForm;

export interface FieldProblem {
  readonly field: KeyRuleField | undefined;
  readonly detail: string;
}

export type ReadForm =
  { readonly ok: true; readonly draft: KeyRuleDraft } | { readonly ok: false; readonly problem: FieldProblem };

export const EMPTY_FORM: KeyRuleForm = {
  name: "",
  kind: "order",
  attributes: "",
  words: "",
  text: "",
  value: "[0-9]{5,8}",
  dropPrefixes: "",
  padTo: "",
  fold: "none",
};

export function keyRuleForm(rule: KeyRule): KeyRuleForm {
  const { name, kind, value, fold } = rule;
  return {
    ...{ name, kind, value, fold },
    attributes: rule.attributes.join("\n"),
    words: rule.words.join("\n"),
    text: rule.text.join("\n"),
    dropPrefixes: rule.dropPrefixes.join(" "),
    padTo: rule.padTo.join(" "),
  };
}

/** The rule, or the first field that is wrong and what was expected there. */
export function readKeyRuleForm(form: KeyRuleForm): ReadForm {
  const { name, kind, value, fold } = form;
  const parsed = KeyRuleDraft.safeParse({
    ...{ name, kind: kind.trim(), value: value.trim(), fold },
    attributes: entries(form.attributes, /[\n,]/),
    words: entries(form.words, /[\n,]/),
    // A pattern may hold spaces at its ends and commas.
    text: form.text.split("\n").filter((line) => line.trim() !== ""),
    dropPrefixes: entries(form.dropPrefixes, /[\s,]/),
    padTo: entries(form.padTo, /[\s,]/).map(Number),
  });
  if (parsed.success) return { ok: true, draft: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, problem: fieldProblem(issue?.path.join("."), issue?.message ?? "") };
}

/** `text.1` and our words → the field and a sentence that says which entry. */
export function fieldProblem(path: string | undefined, message: string): FieldProblem {
  const [first = "", entry] = (path ?? "").replace(/^rule\./, "").split(".");
  const field = FIELDS.find((one) => one === first);
  const known = /^[Ee]xpected /.test(message) && !message.includes("NaN");
  const sentence = known ? `E${message.slice(1)}` : field === "padTo" ? "Expected whole numbers." : message;
  const ended = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  return { field, detail: entry === undefined ? ended : `Entry ${String(Number(entry) + 1)}: ${ended}` };
}

const FIELDS: readonly KeyRuleField[] = [
  "name",
  "kind",
  "attributes",
  "words",
  "text",
  "value",
  "dropPrefixes",
  "padTo",
  "fold",
];

function entries(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
