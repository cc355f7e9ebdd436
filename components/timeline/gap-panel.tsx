"use client";

/** What could not be known, and why. It stands above the rows, because their absence would read as "nothing happened". */
import clsx from "clsx";
import type { StreamEnd } from "@/lib/client/timeline-store";
import { formatWindow, type DisplayZone } from "@/lib/client/format-instant";
import { gapTitle } from "@/lib/contract/gap-title";
import type { GapView } from "@/lib/contract/timeline-answer";
import { openRegions } from "@/lib/client/preferences";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Icon } from "../ui/icon";
import { gapCount, gapSentence, groupGaps, isFault, type GapGroup } from "./gap-wording";
import { isDenied } from "./is-denied";
import { SourceMark } from "./marks";

export function GapPanel({
  gaps,
  ended,
  unreadable,
  zone,
  onRetry,
  onContinue,
}: {
  gaps: readonly GapView[];
  ended: StreamEnd | undefined;
  unreadable: number;
  zone: DisplayZone;
  onRetry: () => void;
  /** Asks for the rest of what was cut off. */
  onContinue: (continuation: string) => void;
}) {
  const groups = groupGaps(gaps);
  const notes = ownNotes(ended, unreadable);
  if (gaps.length + notes.length === 0) return null;
  const mayRetry = (notes.length > 0 && !isDenied(ended)) || gaps.some((gap) => gap.retryable);
  const isPartial = notes.length > 0 || gaps.some((gap) => isFault(gap.reason));
  return (
    <Disclosure
      name="Gaps"
      stored={openRegions.gaps}
      line={gapLine(notes, groups)}
      className={isPartial && "border-l-2 border-l-warning-line bg-warning-soft"}
      aside={
        mayRetry && (
          <Button look="plain" className="h-6 text-small" onClick={onRetry}>
            <Icon name="retry" /> Ask again
          </Button>
        )
      }
    >
      <div className="space-y-1 px-3 pb-1.5 pl-9 text-body">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 className="text-small text-muted">
              {group.title} · {group.gaps.length}
            </h3>
            <ul>
              {group.gaps.map((gap, at) => (
                <GapLine
                  key={`${gap.source ?? ""}${gap.sourceId ?? ""}${gap.reason}${String(at)}`}
                  gap={gap}
                  zone={zone}
                  onContinue={onContinue}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Disclosure>
  );
}

/** What may be missing comes first and in words, the others as a count: a closed line must not hide a failure. */
function gapLine(notes: readonly string[], groups: readonly GapGroup[]): string {
  const gaps = groups.flatMap((group) => group.gaps);
  const worst = gaps.find((gap) => isFault(gap.reason)) ?? gaps[0];
  const first = notes[0] ?? (worst && gapSentence(worst)) ?? "";
  const others = notes.length + gaps.length - 1;
  return others > 0 ? `+${String(others)} more · ${first}` : first;
}

function GapLine({
  gap,
  zone,
  onContinue,
}: {
  gap: GapView;
  zone: DisplayZone;
  onContinue: (continuation: string) => void;
}) {
  const count = gapCount(gap);
  const { continuation } = gap;
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 py-0.5">
      <span className="inline-flex items-center gap-1.5 self-center">
        {gap.source && <SourceMark source={gap.source} />}
        <span className={clsx("font-strong", isFault(gap.reason) && "text-warning")}>{gapTitle(gap.reason)}</span>
      </span>
      <span className="text-small text-muted">{gap.sourceId}</span>
      <span>
        {gap.service !== undefined && <span className="font-strong">{gap.service}: </span>}
        {gap.detail}
      </span>
      {count !== undefined && <span className="text-small text-muted">{count}</span>}
      {gap.keys && <span className="font-mono text-small break-all text-muted">{gap.keys.join("  ")}</span>}
      {gap.window && (
        <span className="text-small text-muted">
          {formatWindow(Date.parse(gap.window.from), Date.parse(gap.window.to), zone)}
        </span>
      )}
      {gap.attempts !== undefined && gap.attempts > 1 && (
        <span className="text-small text-muted">asked {gap.attempts} times</span>
      )}
      {continuation !== undefined && (
        <Button
          className="h-6 text-small"
          onClick={() => {
            onContinue(continuation);
          }}
        >
          Fetch the rest
          {gap.sourceId !== undefined && <span className="sr-only"> of {gap.sourceId}</span>}
        </Button>
      )}
    </li>
  );
}

/** Losses on the way to this browser are gaps too. */
function ownNotes(ended: StreamEnd | undefined, unreadable: number): string[] {
  const notes: string[] = [];
  if (ended?.kind === "cut-off")
    notes.push("The connection ended before the answer was complete. Rows may be missing.");
  if (isDenied(ended)) notes.push("Hidden for your role.");
  else if (ended?.kind === "failed") {
    const reference = ended.requestId === undefined ? "" : `, request ${ended.requestId}`;
    notes.push(`The answer stopped with an error (${ended.code}${reference}). Rows may be missing.`);
  }
  if (unreadable > 0) notes.push(`${String(unreadable)} parts of the answer could not be read and are not shown.`);
  return notes;
}
