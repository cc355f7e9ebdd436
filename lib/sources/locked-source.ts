/** Stands for a connected source that cannot be used, so that its evidence is missed aloud. */
import { sourceId, type SourceKind } from "@/lib/domain/source-id";
import type { EventSource } from "./source";

const DETAIL =
  "A source is connected, but its settings or credentials cannot be read; it was not asked. An admin can help.";

/** Answers all kinds of request with one gap, and sends nothing. */
export function lockedSource(kind: SourceKind, name: string): EventSource {
  const id = sourceId(kind, name);
  return {
    id,
    kind,
    answers: new Set(["by-key", "trace", "context", "failures"]),
    fetch: async ({ window }) => ({
      ...{ source: id, answered: false, events: [], metrics: [], queries: [], elapsedMs: 0 },
      gaps: [{ source: id, reason: "refused", detail: DETAIL, window, retryable: false }],
    }),
    probe: async () => ({ ok: false, detail: DETAIL, elapsedMs: 0 }),
  };
}
