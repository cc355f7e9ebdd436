/** A dense table that scrolls in itself, so that the page never does. */
import type { ReactNode } from "react";

export function Table({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly string[];
  /** Rows of cells, one per column. */
  children: ReactNode;
}) {
  return (
    <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full min-w-xl text-left">
        <thead className="text-small text-muted">
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
