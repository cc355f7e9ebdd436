"use client";

/** The table of the policy: a row for each class, a column for each role. */
import clsx from "clsx";
import { cellOfRole, setCell } from "@/lib/client/edit-policy";
import { CLASS_WORDS } from "@/lib/contract/class-words";
import type { Cell, PolicyDocument } from "@/lib/domain/policy";
import { FIELD_CLASSES, type Role } from "@/lib/domain/role";
import { CellChoice } from "./cell-choice";

export function PolicyMatrix({
  draft,
  base,
  chosen,
  readOnly,
  onChoose,
  onChange,
}: {
  draft: PolicyDocument;
  /** What is in force: changed cells are marked. */
  base: PolicyDocument;
  chosen: Role | undefined;
  readOnly: boolean;
  onChoose: (role: Role) => void;
  onChange: (document: PolicyDocument) => void;
}) {
  return (
    <section aria-label="Classes by role" className="relative overflow-x-auto">
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">What each role gets of each class of field</caption>
        <thead>
          <tr className="border-b border-line-strong text-left">
            <th scope="col" className="sticky left-0 z-[1] bg-bg py-1 pr-3 font-strong">
              Class
            </th>
            {draft.roles.map(({ name }) => (
              <th key={name} scope="col" className="px-1 py-1 font-normal">
                <button
                  type="button"
                  aria-pressed={name === chosen}
                  title={`Edit the rows and abilities of ${name}`}
                  className={clsx(
                    "h-7 rounded-md px-1.5 font-strong",
                    name === chosen ? "bg-selected text-accent" : "hover:bg-hover",
                  )}
                  onClick={() => {
                    onChoose(name);
                  }}
                >
                  {name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FIELD_CLASSES.map((fieldClass) => (
            <tr key={fieldClass} className="border-b border-line">
              <th
                scope="row"
                className="sticky left-0 z-[1] max-w-28 bg-bg py-1 pr-3 text-left align-top font-normal sm:max-w-44"
              >
                <span className="block font-strong">{fieldClass}</span>
                <span className="block truncate text-[11px] leading-4 text-muted" title={CLASS_WORDS[fieldClass]}>
                  {CLASS_WORDS[fieldClass]}
                </span>
              </th>
              {draft.roles.map((role) => {
                const before = base.roles.find(({ name }) => name === role.name);
                const cell = cellOfRole(role, fieldClass);
                const was = before ? cellOfRole(before, fieldClass) : "absent";
                return (
                  <td key={role.name} className={clsx("px-1 py-1 align-top", role.name === chosen && "bg-panel")}>
                    <CellChoice
                      cell={cell}
                      was={sameCell(cell, was) ? undefined : was}
                      label={`${fieldClass} for ${role.name}`}
                      fieldClass={fieldClass}
                      readOnly={readOnly || fieldClass === "secret"}
                      onChange={(next) => {
                        onChange(setCell(draft, role.name, fieldClass, next));
                      }}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function sameCell(a: Cell, b: Cell): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.own === b.own && a.other === b.other;
}
