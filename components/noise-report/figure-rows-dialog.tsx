"use client";

/** The rows behind a number, and whether they add up to it. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { figureRowsQuery } from "@/lib/client/review";
import type { Figure } from "@/lib/contract/noise-report";
import { Asked } from "../ui/asked";
import { Dialog } from "../ui/dialog";
import { Table } from "../ui/table";
import { minuteOf } from "@/lib/client/format-instant";

export interface OpenFigure {
  readonly figure: Figure;
  readonly title: string;
  readonly group: string;
}

export function FigureRowsDialog({ month, open, onClose }: { month: string; open: OpenFigure; onClose: () => void }) {
  const rows = useQuery(figureRowsQuery(month, open.figure, open.group));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={open.title}
      description="Exactly the rows that were counted. Times are UTC."
    >
      <div className="mt-3">
        <Asked query={rows} name="The rows" denied={<p>Hidden for your role.</p>}>
          {({ total, rows: list }) => (
            <>
              <p className="mb-1 text-small text-muted">
                {list.length} shown of {total}
              </p>
              <Table label={`Rows of ${open.title}`} columns={["Time", "What", "Service", "Detail"]}>
                {list.map((row) => (
                  <tr key={row.id} className="border-t border-line/60">
                    <td className="py-1 pr-4 font-mono text-small whitespace-nowrap">{minuteOf(row.at)}</td>
                    <td className="pr-4">
                      {row.episodeId === null ? (
                        row.label
                      ) : (
                        <Link className="text-accent hover:underline" href={`/alerts?episode=${row.episodeId}`}>
                          {row.label}
                        </Link>
                      )}
                    </td>
                    <td className="pr-4">{row.service}</td>
                    <td className="pr-4 text-small text-muted">{row.detail}</td>
                  </tr>
                ))}
              </Table>
            </>
          )}
        </Asked>
      </div>
    </Dialog>
  );
}
