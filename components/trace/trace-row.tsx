"use client";

/** One line of the tree: what the span is on the left, when it ran on the right. Records beneath it look alike. */
import clsx from "clsx";
import { memo, type ReactNode } from "react";
import { Icon } from "../ui/icon";
import { OutcomeMark, SourceMark } from "../timeline/marks";
import type { CriticalSegment } from "./critical-path";
import { formatMicros } from "./format-micros";
import type { TraceNode } from "./prepare-trace";
import type { TraceRecord } from "./read-trace";
import type { TimeWindowUs } from "./ruler-ticks";
import { TraceBar } from "./trace-bar";
import type { TreeAction } from "./use-trace-tree";

/** Deeper levels share one indent and print their depth instead. */
const MOST_INDENTS = 14;

export interface TraceRowProps {
  readonly node: TraceNode;
  readonly nodes: readonly TraceNode[];
  readonly record: TraceRecord | undefined;
  readonly span: TimeWindowUs;
  readonly critical: readonly CriticalSegment[] | undefined;
  readonly selected: boolean;
  readonly folded: boolean;
  readonly opened: boolean;
  readonly matched: boolean;
  readonly compact: boolean;
  readonly dispatch: (action: TreeAction) => void;
}

export const TraceRow = memo(function TraceRow(props: TraceRowProps) {
  const { node, nodes, record, span, critical, selected, matched, compact } = props;
  // Of failures that went up through their callers, the innermost stands out.
  const loud = record ? record.row.outcome === "error" : node.failed && node.failedBelow === 1;
  return (
    <div
      className={clsx(
        "trace-columns grid h-full border-b border-line/50",
        selected
          ? "bg-selected outline-offset-[-2px] outline-accent group-focus-visible/tree:outline-2"
          : matched
            ? "bg-warning-soft"
            : loud
              ? "bg-error-soft hover:bg-hover"
              : "hover:bg-hover",
      )}
    >
      <span className="flex min-w-0 items-center gap-1 pr-2 pl-2">
        <Indent depth={node.depth + (record ? 1 : 0)} compact={compact} />
        {record ? <RecordName record={record} /> : <SpanName {...props} compact={compact} />}
      </span>
      <span className="relative min-w-0 overflow-hidden border-l border-line">
        {record ? (
          <RecordTime record={record} span={span} />
        ) : (
          <TraceBar node={node} nodes={nodes} span={span} critical={critical} compact={compact} />
        )}
      </span>
    </div>
  );
});

/** One element for all guides: rows are made by the dozen while scrolling. */
function Indent({ depth, compact }: { depth: number; compact: boolean }) {
  const stepPx = compact ? 7 : 11;
  return (
    <>
      <span
        aria-hidden="true"
        className="h-full shrink-0"
        style={{
          width: Math.min(depth, MOST_INDENTS) * stepPx,
          backgroundImage: `repeating-linear-gradient(to right, var(--line) 0 1px, transparent 1px ${String(stepPx)}px)`,
        }}
      />
      {depth > MOST_INDENTS && <span className="shrink-0 font-mono text-[10px] text-muted">{depth}</span>}
    </>
  );
}

function SpanName({ node, nodes, folded, opened, dispatch, compact }: TraceRowProps) {
  const failedInside = node.failedBelow - (node.failed ? 1 : 0);
  const parent = nodes[node.parent];
  const sameService = parent?.row !== undefined && parent.service === node.service;
  return (
    <>
      {node.children.length > 0 ? (
        <Mini
          label={folded ? "Expand" : "Collapse"}
          onPress={() => {
            dispatch({ type: "toggle", id: node.id });
          }}
        >
          <span className={clsx("text-muted", folded && "-rotate-90")}>
            <Icon name="chevron" />
          </span>
        </Mini>
      ) : (
        <span className="w-4 shrink-0" />
      )}
      {node.row ? (
        <>
          {(!sameService || !compact) && (
            <span className={clsx("max-w-[45%] shrink-0 truncate", sameService ? "text-muted" : "font-strong")}>
              {node.service ?? "no service named"}
            </span>
          )}
          <span className={clsx("min-w-0 flex-1 truncate", node.failed && "text-error")}>{node.row.title}</span>
        </>
      ) : (
        <span className="min-w-0 flex-1 truncate text-warning">{placeholderText(node)}</span>
      )}
      <Notes node={node} />
      {folded && node.size > 1 && (
        <span className="shrink-0 text-small text-muted">
          +{(node.size - 1).toLocaleString("en")}
          <span className="sr-only"> folded</span>
        </span>
      )}
      {folded && failedInside > 0 && (
        <span className="shrink-0 text-small text-error">
          ✕ {failedInside.toLocaleString("en")}
          <span className="sr-only"> failed inside</span>
        </span>
      )}
      {node.records.length > 0 && (
        <Mini
          label={`${opened ? "Hide" : "Show"} ${String(node.records.length)} ${node.records.length === 1 ? "record" : "records"} (l)`}
          onPress={() => {
            dispatch({ type: "toggle-records", id: node.id });
          }}
        >
          <span
            className={clsx(
              "rounded-full border px-1 font-mono text-[10px] leading-[14px]",
              opened ? "border-accent bg-selected" : "border-line-strong text-muted",
            )}
          >
            {node.records.length.toLocaleString("en")}
          </span>
        </Mini>
      )}
      <OutcomeMark outcome={node.row?.outcome ?? "unknown"} />
    </>
  );
}

/** Short words, each with its reason in full behind it. */
function Notes({ node }: { node: TraceNode }) {
  const notes: [text: string, reason: string][] = [];
  if (node.isAsync) notes.push(["async", "The caller did not wait for it"]);
  if (node.doubt === "loop") notes.push(["loop", "Its parents lead back to itself"]);
  if (node.doubt === "shared-id") notes.push(["parent?", "Several spans bear the id of its parent"]);
  if (node.row?.clock?.state === "uncorrectable")
    notes.push(["clock?", "Its host's clock disagrees and could not be corrected"]);
  return notes.map(([text, reason]) => (
    <span
      key={text}
      title={reason}
      className="shrink-0 rounded-[3px] border border-line-strong px-1 text-[10px] leading-[14px] text-muted"
    >
      {text}
      <span className="sr-only">: {reason}</span>
    </span>
  ));
}

/** The mouse's way; the keyboard has the tree's own keys. */
function Mini({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      className="flex h-full min-w-4 shrink-0 items-center justify-center"
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      {children}
    </button>
  );
}

function placeholderText(node: TraceNode): string {
  if (node.placeholder === "missing-parent") return `Parent span ${node.spanId} is not in the evidence`;
  const count = node.records.length;
  return `${count.toLocaleString("en")} ${count === 1 ? "record names" : "records name"} no span that is here`;
}

function RecordName({ record }: { record: TraceRecord }) {
  return (
    <>
      <span className="w-4 shrink-0" />
      <SourceMark source={record.row.source} kind={record.row.kind} />
      <span className={clsx("min-w-0 flex-1 truncate", record.row.outcome === "error" && "text-error")}>
        {record.row.title}
      </span>
      <OutcomeMark outcome={record.row.outcome} />
    </>
  );
}

function RecordTime({ record, span }: { record: TraceRecord; span: TimeWindowUs }) {
  const at = (record.atUs - span.fromUs) / Math.max(span.toUs - span.fromUs, 0.001);
  const text = `${record.atUs < 0 ? "" : "+"}${formatMicros(record.atUs)}`;
  const inside = at >= 0 && at <= 1;
  return (
    <>
      {inside && (
        <span
          className={clsx("absolute inset-y-1 w-0.5", record.row.outcome === "error" ? "bg-error" : "bg-line-strong")}
          style={{ left: `${String(at * 100)}%` }}
        />
      )}
      <span
        className="absolute inset-y-0 flex items-center px-1.5 font-mono text-[11px] text-muted"
        style={
          inside && at < 0.8
            ? { left: `${String(at * 100)}%` }
            : at < 0
              ? { left: 0 }
              : { right: `${String(inside ? (1 - at) * 100 : 0)}%` }
        }
      >
        {text}
      </span>
    </>
  );
}
