"use client";

/** The tree as virtual rows: ten thousand spans are some forty elements. One tab stop; the cursor moves inside. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useRef, type KeyboardEvent } from "react";
import type { CriticalPath } from "./critical-path";
import type { PreparedTrace } from "./prepare-trace";
import type { TimeWindowUs } from "./ruler-ticks";
import { TraceRow } from "./trace-row";
import type { TraceTreeState } from "./use-trace-tree";
import type { TraceItem } from "./visible-items";

const ROW_PX = { full: 26, compact: 24 };
/** A panel shows this many rows before it scrolls. */
const MOST_COMPACT_ROWS = 14;

export function TraceTree({
  trace,
  tree,
  path,
  span,
  matches,
  compact,
  narrow,
  onOpen,
  onKeyDown,
}: {
  trace: PreparedTrace;
  tree: TraceTreeState;
  path: CriticalPath | undefined;
  span: TimeWindowUs;
  matches: ReadonlySet<number>;
  compact: boolean;
  /** A phone: little room for the axis. */
  narrow: boolean;
  onOpen: (id: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const name = useId();
  const { items, cursorIndex, state, dispatch } = tree;
  const rowPx = compact ? ROW_PX.compact : ROW_PX.full;
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is read afresh on every render
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
  });
  useEffect(() => {
    // Scrolling: the cursor stays in sight.
    if (cursorIndex >= 0) virtualizer.scrollToIndex(cursorIndex, { align: "auto" });
  }, [cursorIndex, state.cursor, virtualizer]);

  const press = (item: TraceItem): void => {
    dispatch({ type: "cursor", id: item.id });
    const row = item.record?.row ?? trace.nodes[item.node]?.row;
    if (row) onOpen(row.id);
  };
  return (
    <div
      ref={box}
      role="tree"
      aria-label={`Spans of trace ${trace.traceId}`}
      tabIndex={0}
      data-trace-tree
      aria-activedescendant={cursorIndex >= 0 ? `${name}-${String(cursorIndex)}` : undefined}
      className="group/tree self-anchored relative min-h-0 flex-1 overflow-y-auto outline-none"
      style={compact ? { height: Math.min(items.length, MOST_COMPACT_ROWS) * rowPx, flex: "none" } : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => {
        // The cursor shows where the keyboard is.
        const [first] = items;
        if (cursorIndex < 0 && first) dispatch({ type: "cursor", id: first.id });
      }}
    >
      <div role="presentation" className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((virtual) => {
          const item = items[virtual.index];
          const node = item && trace.nodes[item.node];
          if (!node) return null;
          const { record } = item;
          return (
            <div
              key={virtual.key}
              id={`${name}-${String(virtual.index)}`}
              role="treeitem"
              aria-level={node.depth + (record ? 2 : 1)}
              aria-selected={virtual.index === cursorIndex}
              {...(record ? {} : { "aria-posinset": node.position, "aria-setsize": node.siblings })}
              {...(!record && node.children.length > 0 ? { "aria-expanded": !state.folded.has(node.id) } : {})}
              className="absolute inset-x-0 top-0 cursor-pointer"
              style={{ height: rowPx, transform: `translateY(${String(virtual.start)}px)` }}
              onClick={() => {
                press(item);
              }}
            >
              <TraceRow
                node={node}
                nodes={trace.nodes}
                record={record}
                span={span}
                critical={path?.byNode.get(item.node)}
                selected={virtual.index === cursorIndex}
                folded={state.folded.has(node.id)}
                opened={state.opened.has(node.id)}
                matched={!record && matches.has(item.node)}
                compact={compact || narrow}
                dispatch={dispatch}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
