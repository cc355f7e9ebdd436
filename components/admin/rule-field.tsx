/** One labelled field with what it means and what is wrong with it. */
import clsx from "clsx";
import { useId } from "react";

export function RuleField({
  label,
  hint,
  value,
  problem,
  rows,
  mono = false,
  readOnly,
  onChange,
}: {
  label: string;
  hint: string;
  value: string;
  problem: string | undefined;
  /** Several lines when given. */
  rows?: number;
  mono?: boolean;
  readOnly: boolean;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const shared = {
    id,
    value,
    readOnly,
    spellCheck: false,
    autoComplete: "off",
    "aria-invalid": problem !== undefined,
    "aria-describedby": `${id}-hint ${id}-problem`,
    className: clsx(
      "block w-full rounded-md border bg-raised px-2 py-1",
      problem === undefined ? "border-line-strong" : "border-error",
      mono && "font-mono text-small",
      readOnly && "text-muted",
    ),
  };
  return (
    <div className="mb-3">
      <label htmlFor={id} className="font-strong">
        {label}
      </label>
      {rows === undefined ? (
        <input
          {...shared}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      ) : (
        <textarea
          {...shared}
          rows={rows}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
      <p id={`${id}-hint`} className="text-small text-muted">
        {hint}
      </p>
      <p id={`${id}-problem`} role="alert" className="text-small text-error">
        {problem !== undefined && `✕ ${problem}`}
      </p>
    </div>
  );
}
