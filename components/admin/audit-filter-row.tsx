"use client";

/** Filters of the audit table. Subjects are chosen above or in the table: what is typed here may stand in the address. */
import type { AuditFilters } from "@/lib/client/audit";
import { Button } from "../ui/button";
import type { SetAuditFilters } from "./use-audit-filters";

const AREAS = ["session.", "timeline.", "incident.", "reveal.", "policy.", "source.", "user.", "token.", "audit."];
const FIELDS = [
  { name: "actor", label: "Person (id)", hint: "", width: "w-44" },
  { name: "action", label: "Action", hint: "timeline.view", width: "w-40" },
  { name: "incident", label: "Incident", hint: "", width: "w-40" },
  { name: "from", label: "From", hint: "now-7d", width: "w-28" },
  { name: "to", label: "To", hint: "now", width: "w-28" },
] as const;

export function AuditFilterRow({
  filters,
  setFilters,
  clear,
}: {
  filters: AuditFilters;
  setFilters: SetAuditFilters;
  clear: (() => void) | undefined;
}) {
  return (
    <form
      aria-label="Filters"
      className="mt-2 flex flex-wrap items-end gap-2 text-small"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const text = (name: string): string => {
          const value = form.get(name);
          return typeof value === "string" ? value.trim() : "";
        };
        setFilters(Object.fromEntries(FIELDS.map(({ name }) => [name, text(name)])));
      }}
    >
      {FIELDS.map(({ name, label, hint, width }) => (
        <label key={name} className="min-w-0">
          <span className="block text-muted">{label}</span>
          <input
            name={name}
            defaultValue={filters[name]}
            placeholder={hint}
            list={name === "action" ? "audit-areas" : undefined}
            autoComplete="off"
            spellCheck={false}
            className={`h-7 rounded-md border border-line-strong bg-raised px-2 font-mono ${width}`}
          />
        </label>
      ))}
      <datalist id="audit-areas">
        {AREAS.map((area) => (
          <option key={area} value={area} />
        ))}
      </datalist>
      <Button type="submit">Filter entries</Button>
      {filters.subject !== "" && (
        <Button
          look="plain"
          onClick={() => {
            setFilters({ subject: "" });
          }}
        >
          About <span className="font-mono">{filters.subject}</span> ✕
          <span className="sr-only">Remove this filter</span>
        </Button>
      )}
      {clear && (
        <Button look="plain" onClick={clear}>
          Clear all
        </Button>
      )}
    </form>
  );
}
