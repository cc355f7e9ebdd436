"use client";

/** One chart: the title says what was found, the line under it what is counted; a table says the same in numbers. */
import { useState, type ReactNode } from "react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";

export function ChartFrame({
  finding,
  definition,
  empty,
  columns,
  rows,
  children,
}: {
  finding: string;
  definition: string;
  /** Why there is nothing to draw; null when there is. */
  empty: string | null;
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section className="min-w-0 break-inside-avoid border-t border-line py-4" aria-label={finding}>
      <div className="flex items-start gap-3">
        <div className="min-w-0">
          <h3 className="font-strong">{finding}</h3>
          <p className="text-small text-muted">{definition}</p>
        </div>
        {empty === null && (
          <Button
            look="plain"
            className="ml-auto h-6 text-small text-muted print:hidden"
            aria-pressed={asTable}
            onClick={() => {
              setAsTable(!asTable);
            }}
          >
            <Icon name={asTable ? "chart" : "table"} /> {asTable ? "Chart" : "Table"}
          </Button>
        )}
      </div>
      <div className="mt-2">
        {empty !== null ? (
          <p className="text-muted">{empty}</p>
        ) : asTable ? (
          <NumberTable label={finding} columns={columns} rows={rows} />
        ) : (
          children
        )}
      </div>
    </section>
  );
}

function NumberTable({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}) {
  return (
    <div tabIndex={0} role="region" aria-label={label} className="relative max-h-72 overflow-auto">
      <table className="w-full text-left text-small">
        <thead className="text-muted">
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" className={index === 0 ? "pr-4 font-normal" : "pr-4 text-right font-normal"}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index} className="border-t border-line/60">
              {cells.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row" className="max-w-64 truncate pr-4 font-normal">
                    {cell}
                  </th>
                ) : (
                  <td key={place} className="pr-4 text-right font-mono">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
