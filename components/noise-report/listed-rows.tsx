"use client";

/** What somebody should be asked about, with since when it is so. The first of many, until all are wanted. */
import { useState } from "react";
import type { ReviewView } from "@/lib/contract/review";

const FIRST = 20;

export function ListedRows({ rows, unknown = "" }: { rows: ReviewView["listed"]; unknown?: string }) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <>
      {unknown !== "" ? (
        <p className="text-muted">
          <span aria-hidden="true">○ </span>
          Not known because {unknown}.
        </p>
      ) : (
        rows.length === 0 && <p className="text-muted">None.</p>
      )}
      <ul className="max-w-3xl text-small">
        {shown.map(({ label, since }, index) => (
          // Two silences may match the same alerts.
          <li key={`${label} ${String(index)}`} className="flex justify-between gap-3 border-t border-line/60 py-0.5">
            <span className="min-w-0 font-mono break-all">{label}</span>
            <span className="shrink-0 text-muted">{since === null ? "" : `since ${since.slice(0, 10)}`}</span>
          </li>
        ))}
      </ul>
      {shown.length < rows.length && (
        <p className="mt-1 text-small">
          {shown.length} shown of {rows.length}.{" "}
          <button
            type="button"
            className="text-accent hover:underline"
            onClick={() => {
              setAll(true);
            }}
          >
            Show all
          </button>
        </p>
      )}
    </>
  );
}
