/**
 * Changes of rules as sources showed them → each once. Several Prometheus servers often load the same rules, and each shows a
 * change when it is asked next. Pure.
 */
import type { RuleChange } from "@/lib/domain/noise-input";

export interface SeenChange extends RuleChange {
  readonly source: string;
  /** Of what the rule became; empty for removed. */
  readonly hash: string;
}

/** Sources are asked at least so often; a server that follows later than that was changed for itself. */
const SAME_CHANGE_MS = 60 * 60_000;

/** In: any order. Out: by time, each as it was seen first. */
export function distinctRuleChanges(seen: readonly SeenChange[]): RuleChange[] {
  const ordered = [...seen].sort((a, b) => a.at.getTime() - b.at.getTime() || (keyOf(a) < keyOf(b) ? -1 : 1));
  const firstSeen = new Map<string, { readonly atMs: number; readonly sources: Set<string> }>();
  return ordered.flatMap(({ source, hash, rule, at, kind }) => {
    const key = JSON.stringify([rule, hash]);
    const first = firstSeen.get(key);
    // A source that shows the same change again went back in between.
    if (first && at.getTime() - first.atMs <= SAME_CHANGE_MS && !first.sources.has(source)) {
      first.sources.add(source);
      return [];
    }
    firstSeen.set(key, { atMs: at.getTime(), sources: new Set([source]) });
    return [{ rule, at, kind }];
  });
}

function keyOf({ rule, source, hash }: SeenChange): string {
  return JSON.stringify([rule, source, hash]);
}
