"use client";

/** Filters of the alerts page. */
import { debounce } from "nuqs";
import { FIELD_LOOK } from "../ui/field-look";
import { TYPING_MS, WORD_FILTERS, type AlertFilters } from "./use-alert-filters";

const WORD_LABELS = { q: "Words of name or service", service: "Service", team: "Team", severity: "Severity" } as const;

const CHOICES = [
  ["route", "Route", { page: "pages", ticket: "tickets", unknown: "not known" }],
  ["state", "State", { open: "firing now", ended: "over" }],
  ["judged", "Verdict", { yes: "judged", no: "not judged" }],
  ["faults", "Monitoring faults", { without: "without", only: "only" }],
] as const;

export function AlertFilterRow({ state, setState }: AlertFilters) {
  return (
    <div className="mt-3 flex flex-wrap items-end gap-2" role="search" aria-label="Filter alerts">
      {WORD_FILTERS.map((name) => (
        <input
          key={name}
          type="search"
          aria-label={WORD_LABELS[name]}
          placeholder={WORD_LABELS[name]}
          value={state[name]}
          className={`${FIELD_LOOK} h-7 w-36`}
          onChange={({ target: { value } }) => {
            void setState({ [name]: value === "" ? null : value }, { limitUrlUpdates: debounce(TYPING_MS) });
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
