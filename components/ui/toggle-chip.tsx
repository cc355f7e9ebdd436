/** A filter that is on or off. */
import clsx from "clsx";
import type { ReactNode } from "react";

export function ToggleChip({
  on,
  label,
  onToggle,
  children,
}: {
  on: boolean;
  /** Full words for the tooltip and for screen readers. */
  label: string;
  onToggle: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      title={label}
      onClick={onToggle}
      className={clsx(
        "inline-flex h-6 min-w-6 items-center justify-center rounded-md border px-1.5 text-small",
        on ? "border-accent bg-selected" : "border-transparent text-muted hover:bg-hover",
      )}
    >
      {children}
    </button>
  );
}
