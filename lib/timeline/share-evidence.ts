/** Sources that answer the same request once: two views of one incident then rest on the same evidence. */
import "server-only";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import type { EventSource } from "@/lib/sources/source";
import type { TimelineDeps } from "./timeline-deps";

/** For as long as one answer takes: nothing here forgets. */
export function shareEvidence(deps: TimelineDeps): TimelineDeps {
  return { ...deps, sources: new Map([...deps.sources].map(([id, source]) => [id, sharing(source)])) };
}

function sharing(source: EventSource): EventSource {
  const asked = new Map<string, Promise<SourceOutcome>>();
  return {
    id: source.id,
    kind: source.kind,
    answers: source.answers,
    fetch(request, budget, signal) {
      const name = JSON.stringify(request);
      const known = asked.get(name) ?? source.fetch(request, budget, signal);
      asked.set(name, known);
      return known;
    },
    probe: (signal) => source.probe(signal),
  };
}
