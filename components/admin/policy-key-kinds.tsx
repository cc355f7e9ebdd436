"use client";

/** Which class ids of a kind have, where that is not the built-in one. */
import { useState } from "react";
import { setKeyKind } from "@/lib/client/edit-policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { FieldClass } from "@/lib/domain/role";
import { Button } from "../ui/button";
import { FIELD_LOOK } from "../ui/field-look";
import { ClassChoice } from "./class-choice";

export function PolicyKeyKinds({
  draft,
  readOnly,
  onChange,
}: {
  draft: PolicyDocument;
  readOnly: boolean;
  onChange: (document: PolicyDocument) => void;
}) {
  const [kind, setKind] = useState("");
  const [fieldClass, setFieldClass] = useState<FieldClass>("account-id");
  return (
    <section aria-label="Kinds of ids">
      <h2 className="text-section font-strong">Kinds of ids</h2>
      <p className="text-small text-muted">
        Accounts are account-id; traces, requests and sessions telemetry-id; every other kind a business-id, unless it
        stands here.
      </p>
      <ul className="text-small">
        {Object.entries(draft.keyKinds).map(([name, value]) => (
          <li key={name} className="flex items-center gap-2 border-t border-line py-1">
            <span className="min-w-0 flex-1 font-mono">{name}</span>
            <ClassChoice
              label={`Class of ids of kind ${name}`}
              value={value}
              disabled={readOnly}
              without="secret"
              onChange={(next) => {
                onChange(setKeyKind(draft, name, next));
              }}
            />
            {!readOnly && (
              <Button
                look="plain"
                className="h-6"
                onClick={() => {
                  onChange(setKeyKind(draft, name, undefined));
                }}
              >
                Remove<span className="sr-only"> kind {name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <form
          className="mt-1 flex flex-wrap items-center gap-2 text-small"
          onSubmit={(event) => {
            event.preventDefault();
            if (kind.trim() === "") return;
            onChange(setKeyKind(draft, kind.trim(), fieldClass));
            setKind("");
          }}
        >
          <input
            aria-label="Kind of id to name"
            value={kind}
            placeholder="shipment"
            spellCheck={false}
            className={`h-7 min-w-40 flex-1 font-mono ${FIELD_LOOK}`}
            onChange={(event) => {
              setKind(event.target.value);
            }}
          />
          <ClassChoice
            label="Class of the kind"
            value={fieldClass}
            disabled={false}
            without="secret"
            onChange={setFieldClass}
          />
          <Button type="submit" disabled={kind.trim() === ""}>
            Add kind
          </Button>
        </form>
      )}
    </section>
  );
}
