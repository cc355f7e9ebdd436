"use client";

/** What the trace is, in numbers, and what is known to be missing from it. */
import type { ReactNode } from "react";
import { formatClock, formatFull, zoneName, msOfNs, type DisplayZone } from "@/lib/client/format-instant";
import { CopyButton } from "../ui/copy-button";
import { formatMicros } from "./format-micros";
import type { PreparedTrace } from "./prepare-trace";
import type { TraceClock } from "./read-trace";
import type { TraceLoss } from "./trace-loss";

export function TraceFacts({
  trace,
  shown,
  zone,
  clock,
  compact,
  whole,
}: {
  trace: PreparedTrace;
  /** Spans that are not folded away. */
  shown: number;
  zone: DisplayZone;
  clock: TraceClock;
  compact: boolean;
  /** Nothing of the trace is known to be missing. */
  whole: boolean;
}) {
  const facts = [
    formatMicros(trace.durationUs),
    `${number(shown)} of ${whole ? "" : "at least "}${number(trace.spanCount)} spans`,
    count(trace.serviceCount, "service"),
    `depth ${number(trace.depth)}`,
    ...(trace.recordCount > 0 ? [count(trace.recordCount, "log or error", "logs and errors")] : []),
  ];
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-3 text-small text-muted">
      {!compact && (
        <span className="text-text">
          <span className="font-strong">Trace</span> <span className="font-mono">{trace.traceId}</span>
        </span>
      )}
      {!compact && <CopyButton text={trace.traceId} label="Copy trace id" />}
      <time className="font-mono" title={formatFull(trace.originNs, zone)}>
        {formatClock(trace.originNs, zone, 3)} {zoneName(zone, msOfNs(trace.originNs))}
      </time>
      {trace.failedCount > 0 && <span className="text-error">✕ {number(trace.failedCount)} failed</span>}
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {trace.corrected > 0 && (
        <span>{clock === "raw" ? "raw time" : `time corrected for ${count(trace.corrected, "span")}`}</span>
      )}
    </p>
  );
}

/** Nothing when the trace is whole. */
export function TraceBanners({
  trace,
  loss,
  streaming,
}: {
  trace: PreparedTrace;
  loss: TraceLoss;
  streaming: boolean;
}) {
  const lines: ReactNode[] = [];
  if (streaming) lines.push("Sources still answer: spans may be missing.");
  if (trace.missingParents > 0) {
    const spans = count(trace.orphans, "span");
    lines.push(
      `${count(trace.missingParents, "parent span is", "parent spans are")} not in the evidence: where ${spans} below ${trace.missingParents === 1 ? "it" : "them"} belong${trace.orphans === 1 ? "s" : ""} is not known.`,
    );
  }
  if (loss.leftOut > 0) {
    lines.push(
      `This run also served others: ${count(loss.leftOut, "record")} of theirs ${loss.leftOut === 1 ? "is" : "are"} left out.`,
    );
  }
  lines.push(...loss.partial);
  if (trace.loops > 0)
    lines.push(`${count(trace.loops, "chain")} of parents lead${trace.loops === 1 ? "s" : ""} back to itself.`);
  if (trace.sharedIds > 0)
    lines.push(`${count(trace.sharedIds, "span")} may hang under the wrong one of several spans with the same id.`);
  if (trace.uncorrectable > 0)
    lines.push(`The clocks of ${count(trace.uncorrectable, "span")} disagree and could not be corrected.`);
  if (lines.length === 0) return null;
  return (
    <ul className="border-y border-l-2 border-line border-l-warning-line bg-warning-soft px-3 py-1 text-small">
      {lines.map((line, at) => (
        <li key={at}>{line}</li>
      ))}
    </ul>
  );
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

function number(n: number): string {
  return n.toLocaleString("en");
}
