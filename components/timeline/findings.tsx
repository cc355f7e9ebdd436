"use client";

/** What broke first and what preceded it, each with how sure it is, its evidence, and what was turned down. */
import { useState } from "react";
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { FindingView } from "@/lib/contract/timeline-answer";
import { EvidenceNumbers } from "./evidence-numbers";
import { FindingAlternatives } from "./finding-alternatives";
import { reachWords } from "./reach-words";

const NAMES: Record<FindingView["kind"], string> = {
  "first-symptom": "First symptom",
  "break-point": "Break point",
  "staff-impact": "Preceded by",
  "recent-change": "Recent change",
  "blast-radius": "Reach",
};

const LEVELS: Record<FindingView["level"], { readonly look: string; readonly means: string }> = {
  observed: { look: "border-line-strong", means: "Recorded as such." },
  likely: { look: "border-line-strong border-dashed", means: "Evidence and an id path speak for it." },
  inconclusive: { look: "border-transparent italic", means: "The evidence is too short to say." },
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
            <Finding key={`${finding.kind}${finding.events.join()}`} finding={finding} onOpen={onOpen} />
          ))}
        </dl>
      )}
    </section>
  );
}

function Finding({ finding, onOpen }: { finding: FindingView; onOpen: (id: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const { candidates, rejected } = finding;
  const considered = new Set([...candidates, ...rejected].map(({ event }) => event)).size;
  const level = LEVELS[finding.level];
  return (
    <div className="flex flex-wrap gap-x-3 py-0.5">
      <dt className="w-28 shrink-0 text-muted">{NAMES[finding.kind]}</dt>
      <dd className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <FindingText finding={finding} onOpen={onOpen} />
          <span title={level.means} className={`rounded border px-1.5 text-small text-muted ${level.look}`}>
            {finding.level}
          </span>
          <EvidenceNumbers events={finding.events} onOpen={onOpen} />
          {considered > 1 && (
            <button
              type="button"
              aria-expanded={isOpen}
              className="text-small text-accent hover:underline"
              onClick={() => {
                setOpen(!isOpen);
              }}
            >
              considered {considered}
              <span className="sr-only"> for {NAMES[finding.kind]}</span>
            </button>
          )}
        </div>
        {isOpen && <FindingAlternatives finding={finding} onOpen={onOpen} />}
      </dd>
    </div>
  );
}

function FindingText({ finding, onOpen }: { finding: FindingView; onOpen: (id: string) => void }) {
  const [first] = finding.events;
  // What is unknown about the upper end must be as visible as the number.
  if (finding.reach.length > 0) return <span>Touched {finding.reach.map(reachWords).join(" · ")}</span>;
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
