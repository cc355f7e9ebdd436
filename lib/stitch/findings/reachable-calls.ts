/** Whether one service calls another, directly or through others, as far as the rows show. */
import { callsOf } from "./service-calls";
import type { SpanTree } from "./span-tree";

/** Out: `calls(from, to)`, remembered per `from`. */
export function reachableCalls(tree: SpanTree): (from: string, to: string) => boolean {
  const next = new Map<string, string[]>();
  for (const { from, to } of callsOf(tree)) {
    const known = next.get(from.name);
    if (known) known.push(to.name);
    else next.set(from.name, [to.name]);
  }
  const reached = new Map<string, Set<string>>();
  return (from, to) => {
    let all = reached.get(from);
    if (!all) reached.set(from, (all = reachFrom(from, next)));
    return all.has(to);
  };
}

function reachFrom(from: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const all = new Set<string>();
  const waiting = [...(next.get(from) ?? [])];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (all.has(at)) continue;
    all.add(at);
    waiting.push(...(next.get(at) ?? []));
  }
  return all;
}
