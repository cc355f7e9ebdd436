"use client";

/** Filters of the alerts page. Words wait for a pause in typing. */
import { useEffect, useState } from "react";
import { FIELD_LOOK } from "../ui/field-look";
import { useDebounced } from "../ui/use-debounced";
import type { AlertFilters } from "./use-alert-filters";

const WORD_FIELDS = [
  ["q", "Words of name or service"],
  ["service", "Service"],
  ["team", "Team"],
  ["severity", "Severity"],
] as const;

const CHOICES = [
  ["route", "Route", { page: "pages", ticket: "tickets", unknown: "not known" }],
  ["state", "State", { open: "firing now", ended: "over" }],
  ["judged", "Verdict", { yes: "judged", no: "not judged" }],
  ["faults", "Monitoring faults", { without: "without", only: "only" }],
] as const;

export function AlertFilterRow({ state, setState }: AlertFilters) {
  return (
    <div className="mt-3 flex flex-wrap items-end gap-2" role="search" aria-label="Filter alerts">
      {WORD_FIELDS.map(([name, label]) => (
        <WordField
          key={name}
          label={label}
          value={state[name]}
          onChange={(value) => {
            void setState({ [name]: value === "" ? null : value });
          }}
        />
      ))}
      {CHOICES.map(([name, label, values]) => (
        <label key={name} className="text-small text-muted">
          <span className="sr-only">{label}</span>
          <select
            value={state[name]}
            className={`${FIELD_LOOK} h-7 text-text`}
            onChange={(event) => {
              void setState({ [name]: event.target.value === "" ? null : event.target.value });
            }}
          >
            <option value="">{label}: any</option>
            {Object.entries(values).map(([value, words]) => (
              <option key={value} value={value}>
                {label}: {words}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
}

function WordField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed, 250);
  useEffect(() => {
    if (settled !== value) onChange(settled);
    // Only what was typed is news; a change of the address is taken over by the key of the field.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      className={`${FIELD_LOOK} h-7 w-36`}
      onChange={(event) => {
        setTyped(event.target.value);
      }}
    />
  );
}
