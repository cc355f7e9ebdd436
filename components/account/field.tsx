/** A labelled input of the pages in front of sign-in, with what is wrong beneath it. */
import { useId, type ComponentProps } from "react";

export function Field({
  label,
  hint,
  problem,
  ...input
}: { label: string; hint?: string; problem?: string | undefined } & ComponentProps<"input">) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <label className="block">
      <span className="text-small text-muted">{label}</span>
      <input
        {...input}
        aria-invalid={problem !== undefined}
        aria-describedby={note === undefined ? undefined : id}
        className="mt-0.5 h-9 w-full rounded-md border border-line-strong bg-raised px-2 read-only:text-muted aria-invalid:border-error"
      />
      {note !== undefined && (
        <span id={id} className={problem === undefined ? "text-small text-muted" : "text-small text-error"}>
          {note}
        </span>
      )}
    </label>
  );
}
