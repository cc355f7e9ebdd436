/** The tree by keyboard: the pattern of the W3C for trees, and single letters as elsewhere on the page. */
import type { KeyboardEvent } from "react";
import type { PreparedTrace } from "./prepare-trace";
import type { TraceTreeState } from "./use-trace-tree";
import { ancestorsOf, type TraceItem } from "./visible-items";

interface Actions {
  readonly onOpen: (id: string) => void;
  readonly onMatch: (step: 1 | -1) => void;
  readonly onZoom: (to: "span" | "all") => void;
}

/** Keys of the tree itself, and letters that work wherever the focus is inside the view. */
export function traceKeys(
  trace: PreparedTrace,
  { items, cursor, cursorIndex, state, dispatch }: TraceTreeState,
  { onOpen, onMatch, onZoom }: Actions,
) {
  const go = (index: number): void => {
    const item = items[Math.min(items.length - 1, Math.max(0, index))];
    if (item) dispatch({ type: "cursor", id: item.id });
  };
  const node = cursor && trace.nodes[cursor.node];
  const isFolded = node !== undefined && state.folded.has(node.id);
  const isParent = node !== undefined && node.children.length > 0;
  const arrows: Readonly<Record<string, () => void>> = {
    ArrowDown: () => {
      go(cursorIndex + 1);
    },
    ArrowUp: () => {
      go(cursorIndex < 0 ? items.length - 1 : cursorIndex - 1);
    },
    Home: () => {
      go(0);
    },
    End: () => {
      go(items.length - 1);
    },
    ArrowRight: () => {
      if (!node || cursor.record) return;
      if (isParent && isFolded) dispatch({ type: "unfold", id: node.id });
      else if (isParent) dispatch({ type: "cursor", id: trace.nodes[node.children[0] ?? -1]?.id ?? node.id });
    },
    ArrowLeft: () => {
      if (!node) return;
      if (cursor.record) dispatch({ type: "cursor", id: node.id });
      else if (isParent && !isFolded) dispatch({ type: "fold", id: node.id });
      else dispatch({ type: "cursor", id: trace.nodes[node.parent]?.id ?? node.id });
    },
    Enter: () => {
      const row = cursor?.record?.row ?? node?.row;
      if (row) onOpen(row.id);
    },
  };
  const letters: Readonly<Record<string, () => void>> = {
    j: () => arrows["ArrowDown"]?.(),
    k: () => arrows["ArrowUp"]?.(),
    l: () => {
      if (node && node.records.length > 0) {
        dispatch({ type: "cursor", id: node.id });
        dispatch({ type: "toggle-records", id: node.id });
      }
    },
    p: () => {
      const ids = trace.nodes.filter((one) => one.children.length > 0).map((one) => one.id);
      dispatch({ type: "fold-all", ids, cursor: rootOf(trace, cursor) });
    },
    o: () => {
      dispatch({ type: "unfold-all" });
    },
    n: () => {
      onMatch(1);
    },
    N: () => {
      onMatch(-1);
    },
    z: () => {
      onZoom("span");
    },
    "0": () => {
      onZoom("all");
    },
  };
  const run = (keys: typeof letters) => (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  return { onTreeKey: run(arrows), onViewKey: run(letters) };
}

/** Where the cursor goes when everything above it is folded. */
function rootOf(trace: PreparedTrace, cursor: TraceItem | undefined): string {
  if (!cursor) return "";
  return ancestorsOf(trace.nodes, cursor.node).at(-1) ?? trace.nodes[cursor.node]?.id ?? "";
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
