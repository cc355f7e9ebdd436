"use client";

/** What is folded, which records are open and where the cursor stands. Survives new rows: everything goes by row id. */
import { useMemo, useReducer } from "react";
import type { PreparedTrace } from "./prepare-trace";
import { ancestorsOf, visibleItems, type TraceItem } from "./visible-items";

interface TreeState {
  readonly folded: ReadonlySet<string>;
  readonly opened: ReadonlySet<string>;
  /** Empty: nowhere yet. */
  readonly cursor: string;
  /** The row the page had selected when the cursor last followed it. */
  readonly followed: string;
}

const EMPTY: TreeState = { folded: new Set<string>(), opened: new Set<string>(), cursor: "", followed: "" };

export type TreeAction =
  | { readonly type: "cursor"; readonly id: string }
  | { readonly type: "fold" | "unfold" | "toggle" | "toggle-records"; readonly id: string }
  | { readonly type: "reveal"; readonly id: string; readonly above: readonly string[] }
  | { readonly type: "follow"; readonly id: string; readonly at: string; readonly above: readonly string[] }
  | { readonly type: "fold-all"; readonly ids: readonly string[]; readonly cursor: string }
  | { readonly type: "unfold-all" };

export interface TraceTreeState {
  readonly items: readonly TraceItem[];
  readonly cursorIndex: number;
  readonly cursor: TraceItem | undefined;
  readonly state: TreeState;
  readonly dispatch: (action: TreeAction) => void;
}

/** `selectedId`: the row the page shows. The cursor follows it whenever it changes. */
export function useTraceTree(trace: PreparedTrace, selectedId: string): TraceTreeState {
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const owners = useMemo(() => ownerIndex(trace), [trace]);
  const owner = owners.get(selectedId);
  if (selectedId !== state.followed && owner !== undefined) {
    const id = trace.nodes[owner]?.id ?? "";
    // While rendering, so that the first picture already shows the row.
    dispatch({ type: "follow", id: selectedId, at: id, above: ancestorsOf(trace.nodes, owner) });
  }
  const items = useMemo(() => visibleItems(trace, state.folded, state.opened), [trace, state.folded, state.opened]);
  const cursorIndex = useMemo(
    () => (state.cursor === "" ? -1 : items.findIndex((item) => item.id === state.cursor)),
    [items, state.cursor],
  );
  return { items, cursorIndex, cursor: items[cursorIndex], state, dispatch };
}

function reduce(state: TreeState, action: TreeAction): TreeState {
  switch (action.type) {
    case "cursor":
      return { ...state, cursor: action.id };
    case "fold":
      return { ...state, folded: withId(state.folded, action.id) };
    case "unfold":
      return { ...state, folded: without(state.folded, [action.id]) };
    case "toggle":
      return { ...state, folded: toggled(state.folded, action.id) };
    case "toggle-records":
      return { ...state, opened: toggled(state.opened, action.id) };
    case "reveal":
      return { ...state, cursor: action.id, folded: without(state.folded, action.above) };
    case "follow": {
      // A record in sight bears the cursor itself; for any other its span does.
      const at = state.opened.has(action.at) ? action.id : action.at;
      return { ...state, followed: action.id, cursor: at, folded: without(state.folded, action.above) };
    }
    case "fold-all":
      return { ...state, folded: new Set(action.ids), cursor: action.cursor };
    case "unfold-all":
      return { ...state, folded: new Set() };
  }
}

/** Row id of each span and record → its node. */
function ownerIndex({ nodes }: PreparedTrace): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  nodes.forEach((node, index) => {
    if (node.row) owners.set(node.row.id, index);
    for (const { row } of node.records) owners.set(row.id, index);
  });
  return owners;
}

function withId(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set(set).add(id);
}

/** The same set when nothing leaves it, so that nothing is drawn anew. */
function without(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  if (!ids.some((id) => set.has(id))) return set;
  const rest = new Set(set);
  for (const id of ids) rest.delete(id);
  return rest;
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return set.has(id) ? without(set, [id]) : withId(set, id);
}
