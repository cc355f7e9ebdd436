"use client";

/** The timeline by keyboard. Moving the cursor never opens anything by itself; an open detail follows the cursor. */
import type { EventView } from "@/lib/contract/event-view";
import { useHotkeys, type Hotkeys } from "../ui/use-hotkeys";
import type { SetTimelineUrlState, TimelineUrlState } from "./url-state";

export function useTimelineKeys({
  rows,
  state,
  setState,
  traceOpen,
}: {
  rows: readonly EventView[];
  state: TimelineUrlState;
  setState: SetTimelineUrlState;
  /** A trace covers the list and has keys of its own. */
  traceOpen: boolean;
}): void {
  const at = (): number => rows.findIndex((row) => row.id === state.row);
  const select = (index: number): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row) void setState({ row: row.id });
  };
  /** A failure of this key, not one nearby. */
  const isError = (row: EventView): boolean => row.outcome === "error" && !row.context;
  const nextError = (step: 1 | -1, from = at()): void => {
    let index = from < 0 ? (step === 1 ? 0 : rows.length - 1) : from + step;
    for (let row = rows[index]; row && !isError(row); row = rows[index]) index += step;
    if (rows[index]) select(index);
  };
  const open = (): void => {
    if (at() >= 0) void setState({ detail: true });
  };
  const down = (): void => {
    select(at() + 1);
  };
  const up = (): void => {
    select(at() - 1);
  };
  const leave = (): void => void setState(state.detail ? { detail: false } : { trace: "" });
  useHotkeys({ Escape: leave }, traceOpen);
  const keys: Hotkeys = {
    j: down,
    ArrowDown: down,
    k: up,
    ArrowUp: up,
    Home: () => {
      select(0);
    },
    End: () => {
      select(rows.length - 1);
    },
    "]": () => {
      nextError(1);
    },
    "[": () => {
      nextError(-1);
    },
    e: () => {
      nextError(1, -1);
    },
    o: open,
    Enter: open,
    "0": () => void setState({ zoom: null }),
    Escape: () => {
      // One layer at a time: the detail, then the zoom, then the cursor.
      if (state.detail) void setState({ detail: false });
      else if (state.zoom) void setState({ zoom: null });
      else void setState({ row: "" });
    },
  };
  useHotkeys(keys, !traceOpen);
}
