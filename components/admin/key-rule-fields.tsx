"use client";

/** The fields of a key rule, each with what it means in one line. */
import type { FieldProblem, KeyRuleField, KeyRuleForm } from "@/lib/client/key-rule-form";
import { RuleField } from "./rule-field";

interface FieldLook {
  readonly field: Exclude<KeyRuleField, "fold">;
  readonly label: string;
  readonly hint: string;
  readonly rows?: number;
  readonly mono?: boolean;
}

const FIELDS: readonly FieldLook[] = [
  {
    field: "name",
    label: "Name",
    hint: "Shown in “Why is this here”. The name of a built-in rule replaces that rule.",
  },
  { field: "kind", label: "Kind", hint: "One lower-case word, as in order:48192." },
  {
    field: "attributes",
    label: "Attribute names",
    hint: "One a line. Case, _, -, . and spaces do not matter: order.id also finds orderId and app.order.id.",
    rows: 3,
    mono: true,
  },
  {
    field: "words",
    label: "Words before the id",
    hint: "One a line: order finds “order #48192” and /orders/48192.",
    rows: 2,
  },
  {
    field: "text",
    label: "Text patterns",
    hint: "One RE2 pattern a line; the first group is the value: label (SH-[0-9]+) printed.",
    rows: 3,
    mono: true,
  },
  {
    field: "value",
    label: "What a value looks like",
    hint: "RE2, in full, after the normalisation below. Strict is good: it guards against joining on 0, null or a word.",
    mono: true,
  },
  {
    field: "dropPrefixes",
    label: "Prefixes to drop",
    hint: "Separated by spaces: with # and ORD-, ORD-48192 and #48192 are 48192.",
    mono: true,
  },
  {
    field: "padTo",
    label: "Widths filled with zeros",
    hint: "With 6, 048192 is 48192. Only these widths, so that a search can ask for each.",
    mono: true,
  },
];

const CASES = {
  none: "matters",
  lower: "does not matter, shown in lower case",
  upper: "does not matter, shown in upper case",
};

export function KeyRuleFields({
  form,
  problem,
  readOnly,
  onChange,
}: {
  form: KeyRuleForm;
  problem: FieldProblem | undefined;
  readOnly: boolean;
  onChange: (form: KeyRuleForm) => void;
}) {
  return (
    <>
      {FIELDS.map(({ field, ...look }) => (
        <RuleField
          key={field}
          {...look}
          value={form[field]}
          problem={problem?.field === field ? problem.detail : undefined}
          readOnly={readOnly}
          onChange={(value) => {
            onChange({ ...form, [field]: value });
          }}
        />
      ))}
      <label className="mb-3 block">
        <span className="block font-strong">Case of letters</span>
        <select
          value={form.fold}
          disabled={readOnly}
          className="h-7 w-full rounded-md border border-line-strong bg-raised px-2"
          onChange={(event) => {
            const fold = event.target.value;
            onChange({ ...form, fold: fold === "lower" || fold === "upper" ? fold : "none" });
          }}
        >
          {Object.entries(CASES).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
