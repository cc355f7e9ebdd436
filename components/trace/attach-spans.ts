/** Which span hangs under which. A span whose parent is not there hangs under a placeholder, never under a guess. Pure. */
import type { EventView } from "@/lib/contract/event-view";

export interface SpanFact {
  readonly row: EventView;
  readonly spanId: string;
  readonly startUs: number;
  readonly endUs: number;
}

/** `loop`: its parents lead back to itself. `shared-id`: several spans bear its parent's id, and the first was taken. */
export type Doubt = "loop" | "shared-id";

interface Draft {
  /** Absent for the placeholder of a missing parent. */
  readonly fact: SpanFact | undefined;
  readonly row: EventView | undefined;
  readonly spanId: string;
  readonly parent: number;
  readonly depth: number;
  readonly children: number[];
  readonly doubt: Doubt | undefined;
  readonly startUs: number;
  readonly endUs: number;
}

/** In: ascending by start. Out: depth first, each span exactly once, whatever the ids say. */
export function attachSpans(facts: readonly SpanFact[]): Draft[] {
  const byId = groupBy(facts, (fact) => fact.spanId);
  const children = new Map<SpanFact, SpanFact[]>();
  const doubts = new Map<SpanFact, Doubt>();
  const missing = new Map<string, SpanFact[]>();
  const roots: Seed[] = [];
  for (const fact of facts) {
    const found = parentOf(fact, byId);
    if (found === "none") roots.push({ fact });
    else if (found === "missing") {
      const id = fact.row.span?.parentSpanId ?? "";
      const orphans = missing.get(id);
      if (orphans) orphans.push(fact);
      else {
        const fresh = [fact];
        missing.set(id, fresh);
        roots.push({ missing: id, orphans: fresh });
      }
    } else {
      if (found.unsure) doubts.set(fact, "shared-id");
      push(children, found.parent, fact);
    }
  }
  const walk = new Walk(children, doubts);
  for (const root of roots) walk.from(root);
  // What no root leads to is part of a loop: it is entered at its earliest span.
  for (const fact of facts) {
    if (walk.seen(fact)) continue;
    doubts.set(fact, "loop");
    walk.from({ fact });
  }
  return walk.drafts;
}

type Seed = { readonly fact: SpanFact } | { readonly missing: string; readonly orphans: readonly SpanFact[] };

class Walk {
  readonly drafts: Draft[] = [];
  private readonly taken = new Set<SpanFact>();

  constructor(
    private readonly children: ReadonlyMap<SpanFact, readonly SpanFact[]>,
    private readonly doubts: ReadonlyMap<SpanFact, Doubt>,
  ) {}

  seen(fact: SpanFact): boolean {
    return this.taken.has(fact);
  }

  from(seed: Seed): void {
    const stack: { fact: SpanFact; parent: number; depth: number }[] = [];
    const stackAll = (facts: readonly SpanFact[], parent: number, depth: number): void => {
      for (let at = facts.length - 1; at >= 0; at--) {
        const fact = facts[at];
        if (fact) stack.push({ fact, parent, depth });
      }
    };
    if ("fact" in seed) stackAll([seed.fact], -1, 0);
    else stackAll(seed.orphans, this.add(placeholder(seed.missing)), 1);
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { fact, parent, depth } = next;
      if (this.taken.has(fact)) continue;
      this.taken.add(fact);
      const { row, spanId, startUs, endUs } = fact;
      const doubt = this.doubts.get(fact);
      const index = this.add({ fact, row, spanId, parent, depth, children: [], doubt, startUs, endUs });
      stackAll(this.children.get(fact) ?? [], index, depth + 1);
    }
  }

  private add(draft: Draft): number {
    const index = this.drafts.push(draft) - 1;
    this.drafts[draft.parent]?.children.push(index);
    return index;
  }
}

/** Its extent is that of its children, known only after they are placed. */
function placeholder(spanId: string): Draft {
  return {
    fact: undefined,
    row: undefined,
    spanId,
    parent: -1,
    depth: 0,
    children: [],
    doubt: undefined,
    startUs: Number.POSITIVE_INFINITY,
    endUs: Number.NEGATIVE_INFINITY,
  };
}

type Found = "none" | "missing" | { readonly parent: SpanFact; readonly unsure: boolean };

function parentOf(fact: SpanFact, byId: ReadonlyMap<string, readonly SpanFact[]>): Found {
  // Zipkin gives both ends of a call one id: the server's end belongs under the client's.
  const twin = kindOf(fact) === "server" && byId.get(fact.spanId)?.find((other) => kindOf(other) === "client");
  if (twin) return { parent: twin, unsure: false };
  const parentId = fact.row.span?.parentSpanId;
  if (parentId === undefined) return "none";
  const bearers = byId.get(parentId);
  if (!bearers) return "missing";
  const servers = bearers.filter((one) => kindOf(one) === "server");
  const likely = servers.length > 0 && servers.length < bearers.length ? servers : bearers;
  const around = likely.filter((one) => one.startUs <= fact.startUs && fact.startUs <= one.endUs);
  const [parent] = around.length > 0 ? around : likely;
  if (!parent) return "missing";
  return { parent, unsure: likely.length > 1 && around.length !== 1 };
}

function kindOf(fact: SpanFact): string | undefined {
  return fact.row.span?.spanKind;
}

function groupBy(facts: readonly SpanFact[], key: (fact: SpanFact) => string): Map<string, SpanFact[]> {
  const groups = new Map<string, SpanFact[]>();
  for (const fact of facts) push(groups, key(fact), fact);
  return groups;
}

function push<K>(groups: Map<K, SpanFact[]>, key: K, fact: SpanFact): void {
  const group = groups.get(key);
  if (group) group.push(fact);
  else groups.set(key, [fact]);
}
