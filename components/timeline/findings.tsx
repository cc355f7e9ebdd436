/** First symptom and what preceded it, each with how sure it is. Nothing here says "caused by". */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { FindingView } from "@/lib/contract/timeline-answer";

const NAMES: Record<FindingView["kind"], string> = {
  "first-symptom": "First symptom",
  "break-point": "Break point",
  "staff-impact": "Preceded by",
  "recent-change": "Recent change",
  "blast-radius": "Reach",
};

export function Findings({ snapshot, onOpen }: { snapshot: TimelineSnapshot; onOpen: (id: string) => void }) {
  const { findings, ended } = snapshot;
  if (findings.length === 0 && ended) return null;
  return (
    <section aria-label="Findings" className="border-b border-line px-3 py-1.5">
      {findings.length === 0 ? (
        <div className="flex h-5 items-center">
          <span className="skeleton h-4 w-96 max-w-full" />
        </div>
      ) : (
        <dl>
          {findings.map((finding) => (
            <div key={`${finding.kind}${finding.events.join()}`} className="flex flex-wrap gap-x-3 py-0.5">
              <dt className="w-28 shrink-0 text-muted">{NAMES[finding.kind]}</dt>
              <dd className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
                <FindingText finding={finding} onOpen={onOpen} />
                <span className="text-small text-muted">
                  {finding.level} · {finding.events.length} evidence
                </span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function FindingText({ finding, onOpen }: { finding: FindingView; onOpen: (id: string) => void }) {
  const [first] = finding.events;
  if (first === undefined) return <span>{finding.sentence}</span>;
  return (
    <button
      type="button"
      className="text-left hover:underline"
      onClick={() => {
        onOpen(first);
      }}
    >
      {finding.sentence}
    </button>
  );
}
