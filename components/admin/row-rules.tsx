"use client";

/** Which rows a role sees, as sentences; one of them open as a form. */
import { useState } from "react";
import { readRowRuleForm, rowRuleForm } from "@/lib/client/row-rule-form";
import { rowRuleWords } from "@/lib/contract/row-rule-words";
import type { RolePolicy, RowRule } from "@/lib/domain/policy";
import { Button } from "../ui/button";
import { RowRuleFields } from "./row-rule-fields";

const NEW_RULE: RowRule = { rows: { kinds: ["alert"] }, grant: "stub" };

export function RowRules({
  role,
  readOnly,
  onChange,
}: {
  role: RolePolicy;
  readOnly: boolean;
  onChange: (rows: RowRule[]) => void;
}) {
  const [open, setOpen] = useState<number>();
  const rows = role.rows;
  return (
    <section aria-label={`Rows of ${role.name}`} className="mt-3">
      <h3 className="font-strong">Rows</h3>
      <p className="text-small text-muted">
        A row gets the most that any rule grants. Rows that no rule names are not there.
      </p>
      {rows.length === 0 && <p className="text-small">{role.name} sees no rows.</p>}
      <ul>
        {rows.map((rule, at) => (
          <li key={at} className="border-t border-line py-1 text-small">
            <div className="flex items-start gap-2">
              <span className="min-w-0 flex-1 py-1">{rowRuleWords(rule)}</span>
              {!readOnly && (
                <>
                  <Button
                    look="plain"
                    aria-expanded={open === at}
                    onClick={() => {
                      setOpen(open === at ? undefined : at);
                    }}
                  >
                    {open === at ? "Close" : "Edit"}
                    <span className="sr-only"> rule {at + 1}</span>
                  </Button>
                  <Button
                    look="plain"
                    onClick={() => {
                      setOpen(undefined);
                      onChange(rows.filter((_, i) => i !== at));
                    }}
                  >
                    Remove<span className="sr-only"> rule {at + 1}</span>
                  </Button>
                </>
              )}
            </div>
            {open === at && !readOnly && (
              <EditedRule
                rule={rule}
                onChange={(next) => {
                  onChange(rows.map((one, i) => (i === at ? next : one)));
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <Button
          className="mt-1"
          onClick={() => {
            setOpen(rows.length);
            onChange([...rows, NEW_RULE]);
          }}
        >
          Add row rule
        </Button>
      )}
    </section>
  );
}

/** Keeps what is typed while it is not yet a rule. */
function EditedRule({ rule, onChange }: { rule: RowRule; onChange: (rule: RowRule) => void }) {
  const [form, setForm] = useState(rowRuleForm(rule));
  const [valid, setValid] = useState(true);
  return (
    <RowRuleFields
      form={form}
      valid={valid}
      onChange={(next) => {
        setForm(next);
        const read = readRowRuleForm(next);
        setValid(read !== undefined);
        if (read) onChange(read);
      }}
    />
  );
}
