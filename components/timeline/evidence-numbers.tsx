"use client";

/** The rows behind a statement, one number each: pressing it opens the row, from which the cursor walks on. */
import { useState } from "react";

const SHOWN = 6;

export function EvidenceNumbers({
  events,
  total = events.length,
  onOpen,
}: {
  events: readonly string[];
  /** When more rows exist than are named. */
  total?: number;
  onOpen: (id: string) => void;
}) {
  const [all, setAll] = useState(false);
  if (events.length === 0) return null;
  const shown = all ? events : events.slice(0, SHOWN);
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1 text-small text-muted">
      evidence
      {shown.map((id, at) => (
        <button
          key={id}
          type="button"
          aria-label={`Open evidence row ${String(at + 1)} of ${String(total)}`}
          className="min-w-5 rounded border border-line px-1 text-center font-mono text-accent hover:bg-hover"
          onClick={() => {
            onOpen(id);
          }}
        >
          {at + 1}
        </button>
      ))}
      {!all && events.length > SHOWN && (
        <button
          type="button"
          className="text-accent hover:underline"
          onClick={() => {
            setAll(true);
          }}
        >
          {events.length - SHOWN} more
        </button>
      )}
      {total > events.length && <span>of {total.toLocaleString("en")}</span>}
    </span>
  );
}
