"use client";

/** Which class a field has, by its path: on top of the conventions that are built in. */
import { useState } from "react";
import { setField } from "@/lib/client/edit-policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { FieldClass } from "@/lib/domain/role";
import { Button } from "../ui/button";
import { FIELD_LOOK } from "../ui/field-look";
import { ClassChoice } from "./class-choice";

export function PolicyFields({
  draft,
  fileFields,
  readOnly,
  onChange,
}: {
  draft: PolicyDocument;
  fileFields: PolicyDocument["fields"];
  readOnly: boolean;
  onChange: (document: PolicyDocument) => void;
}) {
  const own = Object.entries(draft.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const file = Object.entries(fileFields).filter(([path]) => draft.fields[path] === undefined);
  return (
    <section aria-label="Fields">
      <h2 className="text-section font-strong">Fields</h2>
      <p className="text-small text-muted">
        Attribute path to class. <code className="font-mono">shop.cart.*</code> is everything below. What neither this
        list nor a convention names is unknown.
      </p>
      {own.length + file.length === 0 && <p className="text-small">No fields are named here.</p>}
      <ul className="text-small">
        {own.map(([path, fieldClass]) => (
          <li key={path} className="flex items-center gap-2 border-t border-line py-1">
            <span className="min-w-0 flex-1 font-mono break-all">{path}</span>
            <ClassChoice
              label={`Class of ${path}`}
              value={fieldClass}
              disabled={readOnly}
              onChange={(next) => {
                onChange(setField(draft, path, next));
              }}
            />
            {!readOnly && (
              <Button
                look="plain"
                className="h-6"
                onClick={() => {
                  onChange(setField(draft, path, undefined));
                }}
              >
                Remove<span className="sr-only"> {path}</span>
              </Button>
            )}
          </li>
        ))}
        {file.map(([path, fieldClass]) => (
          <li key={path} className="flex items-center gap-2 border-t border-line py-1 text-muted">
            <span className="min-w-0 flex-1 font-mono break-all">{path}</span>
            {fieldClass}
            <span
              title="From the provisioning file; cannot be changed here"
              className="rounded border border-line-strong px-1 text-[11px] leading-4"
            >
              file
            </span>
          </li>
        ))}
      </ul>
      {!readOnly && <NewField draft={draft} onChange={onChange} />}
    </section>
  );
}

function NewField({ draft, onChange }: { draft: PolicyDocument; onChange: (document: PolicyDocument) => void }) {
  const [path, setPath] = useState("");
  const [fieldClass, setFieldClass] = useState<FieldClass>("business-id");
  return (
    <form
      className="mt-1 flex flex-wrap items-center gap-2 text-small"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() === "") return;
        onChange(setField(draft, path.trim(), fieldClass));
        setPath("");
      }}
    >
      <input
        aria-label="Path of the new field"
        value={path}
        placeholder="shop.cart.id"
        spellCheck={false}
        className={`h-7 min-w-40 flex-1 font-mono ${FIELD_LOOK}`}
        onChange={(event) => {
          setPath(event.target.value);
        }}
      />
      <ClassChoice label="Class of the new field" value={fieldClass} disabled={false} onChange={setFieldClass} />
      <Button type="submit" disabled={path.trim() === ""}>
        Add field
      </Button>
    </form>
  );
}
