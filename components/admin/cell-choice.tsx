"use client";

/** One cell of the table: a treatment, or one for the own scope and one for everything else. */
import clsx from "clsx";
import { choicesFor } from "@/lib/client/edit-policy";
import { TREATMENT_WORDS } from "@/lib/contract/treatment-words";
import type { Cell } from "@/lib/domain/policy";
import { Treatment, type FieldClass } from "@/lib/domain/role";

const BY_SCOPE = "by scope";

export function CellChoice({
  cell,
  was,
  label,
  fieldClass,
  readOnly,
  onChange,
}: {
  cell: Cell;
  /** What is in force, when that is something else. */
  was: Cell | undefined;
  label: string;
  fieldClass: FieldClass;
  readOnly: boolean;
  onChange: (cell: Cell) => void;
}) {
  const changed = was !== undefined && (
    <span title={`Changed: ${cellText(was)} is in force`} className="text-accent">
      <span aria-hidden="true">●</span>
      <span className="sr-only">changed, {cellText(was)} is in force</span>
    </span>
  );
  if (readOnly) {
    return (
      <span className={clsx("inline-block min-h-6 py-0.5", cell === "absent" && "text-muted")}>{cellText(cell)}</span>
    );
  }
  if (typeof cell === "string") {
    return (
      <span className="flex items-center gap-1">
        <Choice
          label={label}
          value={cell}
          fieldClass={fieldClass}
          withScope
          onChange={(next) => {
            onChange(next === BY_SCOPE ? { own: cell, other: cell } : next);
          }}
        />
        {changed}
      </span>
    );
  }
  const half = (scope: "own" | "other", words: string) => (
    <span className="flex items-center gap-1">
      <span aria-hidden="true" className="w-6 text-[11px] text-muted">
        {scope === "own" ? "own" : "else"}
      </span>
      <Choice
        label={`${label}, ${words}`}
        value={cell[scope]}
        fieldClass={fieldClass}
        onChange={(next) => {
          if (next !== BY_SCOPE) onChange({ ...cell, [scope]: next });
        }}
      />
    </span>
  );
  return (
    <span className="flex flex-col gap-0.5">
      {half("own", "in the own scope")}
      {half("other", "elsewhere")}
      <span className="flex items-center gap-1">
        <button
          type="button"
          className="text-[11px] leading-4 text-accent hover:underline"
          onClick={() => {
            onChange(cell.other);
          }}
        >
          same everywhere<span className="sr-only">: {label}</span>
        </button>
        {changed}
      </span>
    </span>
  );
}

function Choice({
  label,
  value,
  fieldClass,
  withScope = false,
  onChange,
}: {
  label: string;
  value: Treatment;
  fieldClass: FieldClass;
  withScope?: boolean;
  onChange: (value: Treatment | typeof BY_SCOPE) => void;
}) {
  const choices = choicesFor(fieldClass);
  return (
    <select
      aria-label={label}
      value={value}
      title={TREATMENT_WORDS[value].tells}
      className={clsx(
        "h-6 w-24 rounded-md border border-line-strong bg-raised px-1 text-small",
        value === "absent" && "text-muted",
      )}
      onChange={(event) => {
        const chosen = Treatment.safeParse(event.target.value);
        onChange(chosen.success ? chosen.data : BY_SCOPE);
      }}
    >
      {/* A document of the API may hold what the page would not offer: it is shown, and refused by the check. */}
      {[...new Set([...choices, value])].map((treatment) => (
        <option key={treatment} value={treatment}>
          {TREATMENT_WORDS[treatment].label}
        </option>
      ))}
      {withScope && <option value={BY_SCOPE}>own scope…</option>}
    </select>
  );
}

function cellText(cell: Cell): string {
  if (typeof cell === "string") return TREATMENT_WORDS[cell].label;
  return `${TREATMENT_WORDS[cell.own].label}, else ${TREATMENT_WORDS[cell.other].label}`;
}
