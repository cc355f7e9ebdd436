"use client";

/** The fields of one row rule. All that is named must hold; what is left empty matches everything. */
import { useId } from "react";
import { toggled } from "@/lib/client/edit-policy";
import type { RowRuleForm } from "@/lib/client/row-rule-form";
import { EVENT_KINDS } from "@/lib/domain/timeline-event";
import { FIELD_LOOK } from "../ui/field-look";
import { ToggleChip } from "../ui/toggle-chip";

const TEXTS = [
  { field: "services", label: "Services", hint: "Canonical names, between commas" },
  { field: "teams", label: "Owning teams", hint: "As the services name their owner" },
  { field: "sources", label: "Sources", hint: "loki, or one of them: loki/product" },
] as const;

export function RowRuleFields({
  form,
  valid,
  onChange,
}: {
  form: RowRuleForm;
  valid: boolean;
  onChange: (form: RowRuleForm) => void;
}) {
  // One group per rule: arrow keys move between its two choices, and not into another rule.
  const name = useId();
  return (
    <div className="space-y-2 pb-2 pl-4">
      <fieldset className="flex flex-wrap items-center gap-x-3">
        <legend className="sr-only">What is granted</legend>
        {(["full", "stub"] as const).map((grant) => (
          <label key={grant} className="flex items-center gap-1">
            <input
              type="radio"
              name={name}
              checked={form.grant === grant}
              onChange={() => {
                onChange({ ...form, grant });
              }}
            />
            {grant === "full" ? "in full" : "as a stub"}
          </label>
        ))}
      </fieldset>
      <div role="group" aria-label="Kinds" className="flex flex-wrap items-center gap-1">
        <span className="mr-1 text-muted">Kinds</span>
        {EVENT_KINDS.map((kind) => (
          <ToggleChip
            key={kind}
            on={form.kinds.includes(kind)}
            label={`Rows of kind ${kind}`}
            onToggle={() => {
              onChange({ ...form, kinds: toggled(form.kinds, kind) });
            }}
          >
            {form.kinds.includes(kind) && <span aria-hidden="true">✓ </span>}
            {kind}
          </ToggleChip>
        ))}
      </div>
      <div className="grid gap-2 sm:grid-cols-3">
        {TEXTS.map(({ field, label, hint }) => (
          <label key={field} className="block">
            <span className="block">{label}</span>
            <input
              value={form[field]}
              placeholder="any"
              title={hint}
              spellCheck={false}
              className={`h-7 w-full ${FIELD_LOOK}`}
              onChange={(event) => {
                onChange({ ...form, [field]: event.target.value });
              }}
            />
            <span className="block text-[11px] leading-4 text-muted">{hint}</span>
          </label>
        ))}
      </div>
      <label className="block">
        <span className="block">Labels</span>
        <textarea
          value={form.labels}
          rows={2}
          placeholder="team=billing"
          spellCheck={false}
          aria-invalid={!valid}
          className={`block w-full py-1 font-mono ${FIELD_LOOK}`}
          onChange={(event) => {
            onChange({ ...form, labels: event.target.value });
          }}
        />
      </label>
      {!valid && (
        <p role="alert" className="text-error">
          ✕ Expected name=value on each line of labels, and loki, tempo, prometheus, alertmanager or sentry as sources.
          The rule stays as it was.
        </p>
      )}
      <div className="flex flex-wrap gap-x-4">
        <Check
          label="Only rows in the person's own scope"
          on={form.own}
          onToggle={() => {
            onChange({ ...form, own: !form.own });
          }}
        />
        <Check
          label="Only rows that a configured sentence describes"
          on={form.recognised}
          onToggle={() => {
            onChange({ ...form, recognised: !form.recognised });
          }}
        />
      </div>
    </div>
  );
}

function Check({ label, on, onToggle }: { label: string; on: boolean; onToggle: () => void }) {
  return (
    <label className="flex items-center gap-1">
      <input type="checkbox" checked={on} onChange={onToggle} />
      {label}
    </label>
  );
}
