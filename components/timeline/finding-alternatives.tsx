/** What else was considered for a finding: the candidates, best first, and what was turned down with its reason. */
import type { FindingView } from "@/lib/contract/timeline-answer";
import { plural } from "./build-story";

export function FindingAlternatives({ finding, onOpen }: { finding: FindingView; onOpen: (id: string) => void }) {
  const { candidates, rejected } = finding;
  return (
    <div className="mt-1 mb-1.5 space-y-1 border-l-2 border-line pl-3 text-small">
      {candidates.length > 0 && (
        <ol aria-label="Candidates, best first">
          {candidates.map((candidate, at) => (
            <li key={candidate.event} className="flex flex-wrap items-baseline gap-x-2">
              <span className="w-4 text-right font-mono text-muted">{at + 1}</span>
              <RowButton id={candidate.event} onOpen={onOpen}>
                {candidate.service ?? "no service named"}
              </RowButton>
              <span className="text-muted">
                {plural(candidate.evidence, "observation")}
                {at === 0 && " · named above"}
              </span>
            </li>
          ))}
        </ol>
      )}
      {rejected.length > 0 && <p className="text-muted">Turned down</p>}
      {rejected.length > 0 && (
        <ul aria-label="Turned down">
          {rejected.map((other) => (
            <li key={`${other.event}${other.reason}`} className="flex flex-wrap items-baseline gap-x-2">
              <span aria-hidden="true" className="w-4 text-right text-muted">
                –
              </span>
              <RowButton id={other.event} onOpen={onOpen}>
                {other.sentence}
              </RowButton>
              <span className="text-muted">{other.reason}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function RowButton({ id, onOpen, children }: { id: string; onOpen: (id: string) => void; children: string }) {
  return (
    <button
      type="button"
      className="min-w-0 text-left wrap-anywhere text-accent hover:underline"
      onClick={() => {
        onOpen(id);
      }}
    >
      {children}
    </button>
  );
}
