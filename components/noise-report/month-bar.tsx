/** From month to month, and the month as files. */
import Link from "next/link";
import { reviewFile } from "@/lib/client/review";
import type { ReviewList, ReviewView } from "@/lib/contract/review";
import { monthName } from "@/lib/contract/noise-charts/report-words";

const STATES = { running: "not over", draft: "draft", signed: "signed" } as const;
const FORMATS = ["pdf", "csv", "md", "json"] as const;

export function MonthBar({
  month,
  months,
  state,
}: {
  month: string;
  months: ReviewList["months"];
  state: ReviewView["state"] | undefined;
}) {
  return (
    <nav aria-label="Months" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small print:hidden">
      {months.map((one) => (
        <Link
          key={one.month}
          href={`/review/${one.month}`}
          aria-current={one.month === month ? "page" : undefined}
          className={one.month === month ? "font-strong" : "text-accent hover:underline"}
        >
          {monthName(one.month)} <span className="font-normal text-muted">{STATES[one.state]}</span>
        </Link>
      ))}
      {state && (
        <span className="ml-auto flex gap-3">
          {FORMATS.map((format) => (
            <a key={format} href={reviewFile(month, format)} download className="text-accent hover:underline">
              {format === "md" ? "Markdown" : format.toUpperCase()}
            </a>
          ))}
        </span>
      )}
    </nav>
  );
}
