/** Services and their calls to a layered drawing, callers left of what they call. Pure and deterministic. */
import type { FindingView, ServiceCallView, ServiceView } from "@/lib/contract/timeline-answer";

/** More would not be readable: they are a table. */
export const MAX_DRAWN = 30;

export interface MapNode {
  readonly service: ServiceView;
  readonly column: number;
  /** Place in the column, from the top. */
  readonly place: number;
  /** How sure it is that it broke here; absent elsewhere. */
  readonly breakPoint?: FindingView["level"];
}
export interface ServiceMap {
  /** By column, then place. */
  readonly nodes: readonly MapNode[];
  readonly calls: readonly ServiceCallView[];
  /** Services of which no call is known. */
  readonly alone: readonly MapNode[];
  readonly columns: number;
  /** Nodes in the fullest column. */
  readonly tallest: number;
}

/** Calls in a circle are drawn, but do not move anything: the first caller by name stays left. Input order is irrelevant. */
export function prepareServiceMap(
  services: readonly ServiceView[],
  calls: readonly ServiceCallView[],
  findings: readonly FindingView[],
): ServiceMap {
  const known = new Map(services.map((service) => [service.name, service]));
  const drawn = calls
    .filter((call) => call.from !== call.to)
    .sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
  const linked = [...new Set(drawn.flatMap(({ from, to }) => [from, to]))].sort(compare);
  const columns = columnsOf(linked, forwardCalls(linked, drawn));
  const places = placesOf(linked, columns, drawn);
  const breakPoint = findings.find((finding) => finding.kind === "break-point" && finding.service !== undefined);
  const node = (name: string, column: number, place: number): MapNode => ({
    service: known.get(name) ?? { name, audience: "product", rows: 0, errors: 0 },
    column,
    place,
    ...(breakPoint?.service === name ? { breakPoint: breakPoint.level } : {}),
  });
  const nodes = linked
    .map((name) => node(name, columns.get(name) ?? 0, places.get(name) ?? 0))
    .sort((a, b) => a.column - b.column || a.place - b.place);
  const alone = [...known.keys()]
    .filter((name) => !columns.has(name))
    .sort(compare)
    .map((name, at) => node(name, 0, at));
  return {
    nodes,
    calls: drawn,
    alone,
    columns: Math.max(0, ...nodes.map((one) => one.column + 1)),
    tallest: Math.max(0, ...nodes.map((one) => one.place + 1)),
  };
}

/** The calls without those that lead back to a service on the way there. */
function forwardCalls(names: readonly string[], calls: readonly ServiceCallView[]): ServiceCallView[] {
  const leaving = groupBy(calls, (call) => call.from);
  const called = new Set(calls.map((call) => call.to));
  const [done, onWay] = [new Set<string>(), new Set<string>()];
  const forward: ServiceCallView[] = [];
  const visit = (name: string): void => {
    onWay.add(name);
    for (const call of leaving.get(name) ?? []) {
      if (onWay.has(call.to)) continue;
      forward.push(call);
      if (!done.has(call.to)) visit(call.to);
    }
    onWay.delete(name);
    done.add(name);
  };
  // Entries first: a circle is cut where the request came in.
  const starts = [...names.filter((name) => !called.has(name)), ...names.filter((name) => called.has(name))];
  for (const name of starts) if (!done.has(name)) visit(name);
  return forward;
}

/** The longest way from an entry. */
function columnsOf(names: readonly string[], forward: readonly ServiceCallView[]): Map<string, number> {
  const arriving = groupBy(forward, (call) => call.to);
  const columns = new Map<string, number>();
  const columnOf = (name: string): number => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const before = (arriving.get(name) ?? []).map((call) => columnOf(call.from));
    const column = before.length === 0 ? 0 : Math.max(...before) + 1;
    columns.set(name, column);
    return column;
  };
  for (const name of names) columnOf(name);
  return columns;
}

/** Beside their callers where possible, so that few lines cross. */
function placesOf(
  names: readonly string[],
  columns: ReadonlyMap<string, number>,
  calls: readonly ServiceCallView[],
): Map<string, number> {
  const callers = groupBy(calls, (call) => call.to);
  const places = new Map<string, number>();
  const last = Math.max(0, ...columns.values());
  for (let column = 0; column <= last; column += 1) {
    const here = names.filter((name) => columns.get(name) === column);
    const weighed = here.map((name) => {
      const beside = (callers.get(name) ?? []).flatMap(({ from }) => places.get(from) ?? []);
      const weight = beside.length === 0 ? 0 : beside.reduce((sum, place) => sum + place, 0) / beside.length;
      return { name, weight };
    });
    weighed.sort((a, b) => a.weight - b.weight || compare(a.name, b.name));
    weighed.forEach(({ name }, place) => places.set(name, place));
  }
  return places;
}

function groupBy(
  calls: readonly ServiceCallView[],
  nameOf: (call: ServiceCallView) => string,
): ReadonlyMap<string, readonly ServiceCallView[]> {
  const groups = new Map<string, ServiceCallView[]>();
  for (const call of calls) groups.set(nameOf(call), [...(groups.get(nameOf(call)) ?? []), call]);
  return groups;
}

// Plain code unit order: the same on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
