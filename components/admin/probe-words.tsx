/** How a connection test went, in words. */
import type { SourceProbe } from "@/lib/contract/source";

export const PROBE_FAILURE_WORDS = {
  refused: "could not be reached",
  timeout: "did not answer in time",
  denied: "refused our credentials",
  "not-found": "does not know the path: another kind of server, or a missing path",
  status: "answered with an error",
  unreadable: "answered, but not as this kind of source does",
} as const satisfies Record<NonNullable<SourceProbe["failure"]>, string>;

export function ProbeWords({ probe }: { probe: SourceProbe | null }) {
  if (probe === null) return <span className="text-muted">not tested yet</span>;
  const took = `${String(probe.elapsedMs)} ms`;
  return probe.failure === null ? (
    <span className="text-good">
      ✓ answered in <span className="tabular-nums">{took}</span>
    </span>
  ) : (
    <span className="text-error">
      ✕ {PROBE_FAILURE_WORDS[probe.failure]} <span className="text-muted tabular-nums">({took})</span>
    </span>
  );
}
