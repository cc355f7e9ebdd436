"use client";

/** A region as one line that opens in place and remembers that it is open. */
import clsx from "clsx";
import type { ReactNode } from "react";
import type { StoredValue } from "@/lib/client/stored-value";
import { Icon } from "./icon";
import { useStoredValue } from "./use-stored-value";

export function Disclosure({
  name,
  line,
  stored,
  className,
  aside,
  children,
}: {
  name: string;
  /** What the closed region says. */
  line: ReactNode;
  stored: StoredValue<boolean>;
  className?: string | false;
  /** Controls at the end of the line. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const open = useStoredValue(stored, false);
  return (
    <section aria-label={name} className={clsx("border-b border-line text-small", className)}>
      <div className="flex min-h-7 items-center gap-2 px-3">
        <button
          type="button"
          aria-expanded={open}
          className="flex h-7 min-w-0 flex-1 items-center gap-2 text-left"
          onClick={() => {
            stored.set(!open);
          }}
        >
          <span className={clsx("text-muted", !open && "-rotate-90")}>
            <Icon name="chevron" />
          </span>
          <span className="w-16 shrink-0 text-muted">{name}</span>
          <span className="min-w-0 truncate">{line}</span>
        </button>
        {aside}
      </div>
      {open && children}
    </section>
  );
}
