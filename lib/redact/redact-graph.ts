/** The identity graph for one role: keys, the joins between them, and what a person took out. */
import type { EdgeView, KeyView, UnlinkView } from "@/lib/contract/timeline-answer";
import { keyId, parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { StoredReveal } from "@/lib/domain/stored-reveal";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import type { KeyEdge, StitchedTimeline, TouchedKey } from "@/lib/domain/stitched-timeline";
import { keyReference, redactKey } from "./redact-key";
import type { RevealReader } from "./redact-reveals";
import type { RedactionContext } from "./redaction-context";

const EVENTS_PER_EDGE = 20;

/** What is known beside the evidence. */
export interface IncidentMemory {
  readonly unlinks: readonly StoredUnlink[];
  /** Of everybody, in force or over. */
  readonly reveals?: readonly StoredReveal[];
  readonly reader?: RevealReader;
  /** Searches that following one more key costs: one per source that answers it. */
  readonly searchesOf: (key: CorrelationKey) => number;
}

export function redactKeyList(
  keys: readonly TouchedKey[],
  searchesOf: IncidentMemory["searchesOf"],
  context: RedactionContext,
): KeyView[] {
  const views: KeyView[] = [];
  for (const { key, asked, followed, rows, degree, boundary } of keys) {
    const shown = redactKey(key, context);
    if (!shown) continue;
    const view: KeyView = { kind: shown.kind, value: shown.value, asked, followed, rows, degree };
    if (shown.value !== key.value) view.pseudonym = true;
    const ref = keyReference(key, context);
    if (ref !== undefined) view.ref = ref;
    if (boundary) {
      view.boundary = boundary.reason;
      view.widen = {
        searches: boundary.searches?.reduce((sum, one) => sum + searchesOf(one), 0) ?? 0,
        keys: boundary.keys,
      };
      if (boundary.rows !== undefined) view.widen.rows = boundary.rows;
    }
    views.push(view);
  }
  return views;
}

/** Both ends as the role may read them; an end it may not read keeps only its kind, an edge without any is nothing. */
export function redactEdges(edges: readonly KeyEdge[], context: RedactionContext): EdgeView[] {
  return edges.flatMap(({ from, to, rule, confidence, sources, events }) => {
    const [shownFrom, shownTo] = [redactKey(from, context), redactKey(to, context)];
    if (!shownFrom && !shownTo) return [];
    const view: EdgeView = {
      ...(shownFrom ? { from: keyId(shownFrom) } : {}),
      ...(shownTo ? { to: keyId(shownTo) } : {}),
      fromKind: from.kind,
      toKind: to.kind,
      rule,
      confidence,
      sources: [...sources],
      events: events.slice(0, EVENTS_PER_EDGE).map((id) => context.publicId(id)),
      count: events.length,
    };
    return [view];
  });
}

/** Reasons are a person's words about an incident: class `note`. */
export function redactUnlinks(
  unlinks: readonly StoredUnlink[],
  stitched: StitchedTimeline,
  context: RedactionContext,
): UnlinkView[] {
  const hidden = new Map([...stitched.unlinked].map(([id, rows]) => [context.publicId(id), { id, rows }]));
  const readsNotes = context.base.reads("note");
  const readsStaff = context.base.treat("staff") === "show";
  return unlinks.map(({ id, kind, target, reason, by, at }) => {
    const known = hidden.get(target);
    return {
      id,
      kind,
      target: kind === "row" ? target : keyLabel(known?.id, context),
      reason: readsNotes ? context.scrub(reason) : "",
      by: readsStaff ? by : "a person",
      at: at.toISOString(),
      rows: known?.rows ?? 0,
    };
  });
}

function keyLabel(id: string | undefined, context: RedactionContext): string {
  const key = id === undefined ? undefined : parseKeyId(id);
  const shown = key && redactKey(key, context);
  return shown ? keyId(shown) : "an id";
}
