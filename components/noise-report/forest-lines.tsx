/** Intervals of worth paging, one rule a line, on one scale from 0 to 100 %. */
import clsx from "clsx";
import type { ForestLine } from "@/lib/contract/noise-charts/prepare-forest";
import { formatValue } from "@/lib/contract/noise-charts/report-words";

export function ForestLines({ lines }: { lines: readonly ForestLine[] }) {
  return (
    <ul className="text-small">
      {lines.map((line) => (
        <li key={line.rule} className="flex min-h-6 items-center gap-3">
          <span className="w-28 shrink-0 truncate sm:w-52" title={line.name}>
            {line.name}
          </span>
          <span className="relative min-w-0 flex-1 self-stretch border-x border-line">
            <span
              aria-hidden="true"
              className="absolute inset-y-0 left-1/2 border-l border-dotted border-line-strong"
            />
            {line.value !== null && (
              <>
                <span
                  aria-hidden="true"
                  className={clsx("absolute top-1/2 h-px", line.standing === "retire" ? "bg-warning" : "bg-text")}
                  style={{ left: `${String(line.low * 100)}%`, width: `${String((line.high - line.low) * 100)}%` }}
                />
                <span
                  aria-hidden="true"
                  className={clsx(
                    "absolute top-1/2 size-2 -translate-x-1/2 -translate-y-1/2",
                    line.standing === "retire" ? "rotate-45 bg-warning" : "rounded-full bg-accent",
                  )}
                  style={{ left: `${String(line.value * 100)}%` }}
                />
              </>
            )}
          </span>
          <span className="w-24 shrink-0 text-right text-muted sm:w-36">
            {line.value === null ? line.why : `${formatValue(line.value, "share")}, n ${String(line.n)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
