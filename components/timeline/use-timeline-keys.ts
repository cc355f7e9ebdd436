"use client";

/** The timeline by keyboard. Moving the cursor never opens anything by itself; an open detail follows the cursor. */
import type { EventView } from "@/lib/contract/event-view";
import { useHotkeys, type Hotkeys } from "../ui/use-hotkeys";
import type { ListItem } from "./prepare-list";
import type { SetTimelineUrlState, TimelineUrlState } from "./url-state";

export function useTimelineKeys({
  items,
  state,
  setState,
  onToggle,
  traceOpen,
}: {
  items: readonly ListItem[];
  state: TimelineUrlState;
  setState: SetTimelineUrlState;
  /** Shows or hides the further records of a row. */
  onToggle: (id: string) => void;
  /** A trace covers the list and has keys of its own. */
  traceOpen: boolean;
}): void {
  const at = (): number => items.findIndex(({ row }) => row.id === state.row);
  const select = (index: number): void => {
    const item = items[Math.min(items.length - 1, Math.max(0, index))];
    if (item) void setState({ row: item.row.id });
  };
  /** A failure of this key, not one nearby. */
  const isError = (row: EventView): boolean => row.outcome === "error" && !row.context;
  const nextError = (step: 1 | -1, from = at()): void => {
    let index = from < 0 ? (step === 1 ? 0 : items.length - 1) : from + step;
    for (let item = items[index]; item && !isError(item.row); item = items[index]) index += step;
    if (items[index]) select(index);
  };
  const open = (): void => {
    if (at() >= 0) void setState({ detail: true });
  };
  const toggle = (): void => {
    const item = items[at()];
    if (item && item.parts > 0) onToggle(item.row.id);
    else if (item?.isPart && item.row.partOf !== undefined) {
      void setState({ row: item.row.partOf });
      onToggle(item.row.partOf);
    }
  };
  /** As in a tree: right opens, then goes in; left goes out, then closes. */
  const right = (): void => {
    const item = items[at()];
    if (!item || item.parts === 0) return;
    if (item.opened < item.parts) onToggle(item.row.id);
    else select(at() + 1);
  };
  const left = (): void => {
    const item = items[at()];
    if (item?.isPart && item.row.partOf !== undefined) void setState({ row: item.row.partOf });
    else if (item && item.opened > 0) onToggle(item.row.id);
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
      select(items.length - 1);
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
    x: toggle,
    ArrowRight: right,
    ArrowLeft: left,
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
