"use client";

/** What could not be known, and why. It stands above the rows, because their absence would read as "nothing happened". */
import clsx from "clsx";
import type { StreamEnd } from "@/lib/client/timeline-store";
import { formatWindow, type DisplayZone } from "@/lib/client/format-instant";
import type { GapView } from "@/lib/contract/timeline-answer";
import { openRegions } from "@/lib/client/preferences";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Icon } from "../ui/icon";
import { gapCount, gapTitle, isFault } from "./gap-wording";
import { SourceMark } from "./marks";

export function GapPanel({
  gaps,
  ended,
  unreadable,
  zone,
  onRetry,
}: {
  gaps: readonly GapView[];
  ended: StreamEnd | undefined;
  unreadable: number;
  zone: DisplayZone;
  onRetry: () => void;
}) {
  const sorted = [...gaps].sort((a, b) => Number(isFault(b.reason)) - Number(isFault(a.reason)));
  const notes = ownNotes(ended, unreadable);
  if (sorted.length + notes.length === 0) return null;
  const mayRetry = notes.length > 0 || gaps.some((gap) => gap.retryable);
  const isPartial = notes.length > 0 || gaps.some((gap) => isFault(gap.reason));
  return (
    <Disclosure
      name="Gaps"
      stored={openRegions.gaps}
      line={gapLine(notes, sorted)}
      className={isPartial && "border-l-2 border-l-warning-line bg-warning-soft"}
      aside={
        mayRetry && (
          <Button look="plain" className="h-6 text-small" onClick={onRetry}>
            <Icon name="retry" /> Ask again
          </Button>
        )
      }
    >
      <ul className="px-3 pb-1.5 pl-9 text-body">
        {notes.map((note) => (
          <li key={note} className="py-0.5">
            {note}
          </li>
        ))}
        {sorted.map((gap, at) => (
          <GapLine key={`${gap.source ?? ""}${gap.sourceId ?? ""}${gap.reason}${String(at)}`} gap={gap} zone={zone} />
        ))}
      </ul>
    </Disclosure>
  );
}

/** The worst in words, the others as a count: a closed line must not hide that something failed. */
function gapLine(notes: readonly string[], sorted: readonly GapView[]): string {
  const [worst] = sorted;
  const first = notes[0] ?? (worst && `${gapTitle(worst.reason)}: ${worst.detail}`) ?? "";
  const others = notes.length + sorted.length - 1;
  return others > 0 ? `+${String(others)} more · ${first}` : first;
}

function GapLine({ gap, zone }: { gap: GapView; zone: DisplayZone }) {
  const count = gapCount(gap);
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 py-0.5">
      <span className="inline-flex items-center gap-1.5 self-center">
        {gap.source && <SourceMark source={gap.source} />}
        <span className={clsx("font-strong", isFault(gap.reason) && "text-warning")}>{gapTitle(gap.reason)}</span>
      </span>
      <span className="text-small text-muted">{gap.sourceId}</span>
      <span>{gap.detail}</span>
      {count !== undefined && <span className="text-small text-muted">{count}</span>}
      {gap.window && (
        <span className="text-small text-muted">
          {formatWindow(Date.parse(gap.window.from), Date.parse(gap.window.to), zone)}
        </span>
      )}
      {gap.attempts !== undefined && gap.attempts > 1 && (
        <span className="text-small text-muted">asked {gap.attempts} times</span>
      )}
    </li>
  );
}

/** Losses on the way to this browser are gaps too. */
function ownNotes(ended: StreamEnd | undefined, unreadable: number): string[] {
  const notes: string[] = [];
  if (ended?.kind === "cut-off")
    notes.push("The connection ended before the answer was complete. Rows may be missing.");
  if (ended?.kind === "failed") {
    const reference = ended.requestId === undefined ? "" : `, request ${ended.requestId}`;
    notes.push(`The answer stopped with an error (${ended.code}${reference}). Rows may be missing.`);
  }
  if (unreadable > 0) notes.push(`${String(unreadable)} parts of the answer could not be read and are not shown.`);
  return notes;
}
