/** The document itself. The head of the table of rows repeats on every page, with what the page is part of. */
import { formatClock, formatDay, formatWindow } from "@/lib/client/format-instant";
import type { EventView } from "@/lib/contract/event-view";
import type { FindingView, TimelineAnswer } from "@/lib/contract/timeline-answer";
import { plural } from "./build-story";
import { CLASS_TITLES } from "./class-titles";
import { gapCount, gapSentence, groupGaps } from "./gap-wording";
import { ActorMark, OutcomeMark } from "./marks";
import { PrintedChanges } from "./printed-changes";
import { rowTimeNs } from "./row-time";

export function PrintedTimeline({ answer }: { answer: TimelineAnswer }) {
  const { query, completeness, gaps, findings, stats } = answer;
  const title = `Timeline of ${query.keys.map((key) => key.replace(":", " ")).join(", ")}`;
  const range = formatWindow(Date.parse(query.from), Date.parse(query.to), "utc");
  const reader = `as ${query.role} may read it, policy ${query.policyVersion} (${query.policyHash})`;
  const verdict = completeness.state === "complete" ? "Complete" : "Not complete";
  return (
    <article>
      <h1 className="text-page font-strong break-all">{title}</h1>
      <p>
        {range} · {reader}
      </p>
      <section className="mt-4 break-inside-avoid">
        <h2 className="text-section font-strong">{verdict}</h2>
        <p>
          {completeness.sentence} {completeness.answered} of {plural(completeness.connected, "source")} answered in
          full.
        </p>
        {groupGaps(gaps).map((group) => (
          <ul key={group.title} aria-label={group.title} className="mt-1 list-disc pl-5">
            {group.gaps.map((gap, at) => (
              <li key={at}>
                {group.title}: {gapSentence(gap)} {gapCount(gap)}
              </li>
            ))}
          </ul>
        ))}
      </section>
      {findings.length > 0 && (
        <section className="mt-4">
          <h2 className="text-section font-strong">Findings</h2>
          <ul className="list-disc pl-5">
            {findings.map((finding, at) => (
              <Finding key={at} finding={finding} />
            ))}
          </ul>
        </section>
      )}
      <section className="mt-4">
        <h2 className="text-section font-strong">Rows</h2>
        <p className="text-small text-muted">
          {plural(stats.shown, "row")} and {plural(stats.parts, "further record")} behind them, of{" "}
          {plural(stats.records, "record")}; {stats.leftOut} left out, {stats.foreign} of them of other orders or
          accounts. Times are UTC. ● customer ◆ staff ■ service ▲ job ○ system · ✕ error ! warning · ┄ same service and
          time, not joined by an id · △ put right for a wrong clock
        </p>
        <Rows rows={answer.events} head={`${title} · ${range} · ${reader} · ${verdict}`} />
      </section>
      <PrintedChanges unlinks={answer.unlinks} reveals={answer.reveals} />
      <section className="mt-4 break-inside-avoid">
        <h2 className="text-section font-strong">Not shared with its readers</h2>
        <p>
          {stats.withheld > 0 && `Details of ${plural(stats.withheld, "row")}. `}
          {query.hidden.map((one) => CLASS_TITLES[one]).join(", ")}.
        </p>
      </section>
    </article>
  );
}

function Finding({ finding: { level, sentence, rejected } }: { finding: FindingView }) {
  return (
    <li className="break-inside-avoid">
      {sentence} <span className="text-muted">({level})</span>
      {rejected.map((other, at) => (
        <span key={at} className="block pl-4 text-small text-muted">
          not: {other.sentence} ({other.reason})
        </span>
      ))}
    </li>
  );
}

function Rows({ rows, head }: { rows: readonly EventView[]; head: string }) {
  if (rows.length === 0) return <p className="mt-2">No row.</p>;
  return (
    <table className="mt-2 w-full border-collapse text-left text-small">
      <thead>
        <tr>
          <td colSpan={4} className="pb-1 text-[10px] leading-3 break-all text-muted">
            {head}
          </td>
        </tr>
        <tr className="border-b border-line-strong">
          {["Time", "Who", "Service", "What"].map((name) => (
            <th key={name} scope="col" className="py-1 pr-3 font-strong">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Row key={row.id} row={row} withDay={dayOf(row) !== dayOf(rows[at - 1])} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, withDay }: { row: EventView; withDay: boolean }) {
  return (
    <tr className="break-inside-avoid border-b border-line align-top">
      <td className="py-1 pr-3 font-mono whitespace-nowrap">
        {withDay && <span className="block text-muted">{dayOf(row)}</span>}
        {formatClock(rowTimeNs(row, "corrected"), "utc")}
        {row.clock && (row.clock.state === "corrected" ? " △" : " ?")}
      </td>
      <td className="py-1 pr-3 whitespace-nowrap">
        <span className="inline-flex">
          <ActorMark actor={row.actor.kind} />
          <OutcomeMark outcome={row.outcome} />
        </span>
      </td>
      <td className="py-1 pr-3 wrap-anywhere">
        {row.context && "┄ "}
        {row.service}
      </td>
      <td className="py-1 wrap-anywhere">
        {row.title}
        {row.count > 1 && ` ×${row.count.toLocaleString("en")}`}
      </td>
    </tr>
  );
}

function dayOf(row: EventView | undefined): string | undefined {
  return row && formatDay(Number(BigInt(rowTimeNs(row, "corrected")) / 1_000_000n), "utc");
}
