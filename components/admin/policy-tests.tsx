"use client";

/** Sentences that every policy must hold, with whether the draft holds them. One that fails stops a publish. */
import { useState } from "react";
import { addTest, removeTest } from "@/lib/client/edit-policy";
import type { PolicyTestResult } from "@/lib/contract/policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import { FIELD_CLASSES } from "@/lib/domain/role";
import { Button } from "../ui/button";
import { FIELD_LOOK } from "../ui/field-look";

export function PolicyTests({
  draft,
  results,
  readOnly,
  onChange,
}: {
  draft: PolicyDocument;
  /** Undefined while the first check runs. */
  results: readonly PolicyTestResult[] | undefined;
  readOnly: boolean;
  onChange: (document: PolicyDocument) => void;
}) {
  return (
    <section aria-label="Tests">
      <h2 className="text-section font-strong">Tests</h2>
      <p className="text-small text-muted">Held on every publish: a policy that fails one cannot be published.</p>
      {draft.tests.length === 0 && <p className="text-small">There are no tests.</p>}
      <ul className="text-small">
        {draft.tests.map(({ role, field }) => {
          const result = results?.find((one) => one.role === role && one.field === field);
          return (
            <li key={`${role} ${field}`} className="flex items-start gap-2 border-t border-line py-1">
              <Mark result={result} />
              <span className="min-w-0 flex-1">
                {role} never sees <span className="font-mono">{field}</span>
                {result && !result.passed && <span className="block text-error">{result.reason}</span>}
              </span>
              {!readOnly && (
                <Button
                  look="plain"
                  className="h-6"
                  onClick={() => {
                    onChange(removeTest(draft, { role, field }));
                  }}
                >
                  Remove
                  <span className="sr-only">
                    {" "}
                    test {role} never sees {field}
                  </span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {!readOnly && <NewTest draft={draft} onChange={onChange} />}
    </section>
  );
}

function Mark({ result }: { result: PolicyTestResult | undefined }) {
  if (!result) {
    return (
      <span className="w-14 shrink-0 text-muted">
        <span aria-hidden="true">·</span> runs
      </span>
    );
  }
  return (
    <span className={`w-14 shrink-0 ${result.passed ? "text-good" : "text-error"}`}>
      <span aria-hidden="true">{result.passed ? "✓" : "✕"}</span> {result.passed ? "holds" : "fails"}
    </span>
  );
}

function NewTest({ draft, onChange }: { draft: PolicyDocument; onChange: (document: PolicyDocument) => void }) {
  const [role, setRole] = useState("support");
  const [field, setField] = useState("");
  return (
    <form
      className="mt-1 flex flex-wrap items-center gap-2 text-small"
      onSubmit={(event) => {
        event.preventDefault();
        if (field.trim() === "") return;
        onChange(addTest(draft, { role, field: field.trim(), never: "see" }));
        setField("");
      }}
    >
      <select
        aria-label="Role of the new test"
        value={role}
        className={`h-7 ${FIELD_LOOK}`}
        onChange={(event) => {
          setRole(event.target.value);
        }}
      >
        {draft.roles.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      never sees
      <input
        aria-label="Field of the new test"
        value={field}
        list="policy-test-fields"
        placeholder="db.statement or class:personal"
        spellCheck={false}
        className={`h-7 min-w-40 flex-1 font-mono ${FIELD_LOOK}`}
        onChange={(event) => {
          setField(event.target.value);
        }}
      />
      <datalist id="policy-test-fields">
        {FIELD_CLASSES.map((one) => (
          <option key={one} value={`class:${one}`} />
        ))}
      </datalist>
      <Button type="submit" disabled={field.trim() === ""}>
        Add test
      </Button>
    </form>
  );
}
