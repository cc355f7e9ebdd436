"use client";

/** What happened, who is affected, what is not known: read from the answer, in its own sentences. */
import { useState, type ReactNode } from "react";
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import { buildStory, type StoryLine } from "./build-story";

/** More lines than this would push the rows off a phone. The third says what preceded the failure. */
const SHOWN_FIRST = 3;

export function StoryHead({ snapshot, onOpen }: { snapshot: TimelineSnapshot; onOpen: (id: string) => void }) {
  const story = buildStory(snapshot);
  const waiting = !snapshot.ended;
  return (
    <section aria-label="Summary" className="border-b border-line px-3 py-1.5 sm:py-3">
      <dl className="max-w-4xl space-y-1 sm:space-y-2">
        <Part
          name="What happened"
          lines={story.happened}
          waiting={waiting}
          empty="No symptom was found in this evidence."
          onOpen={onOpen}
        />
        <Part
          name="Affected"
          lines={story.affected}
          waiting={waiting}
          empty="Nothing beyond what was asked."
          onOpen={onOpen}
        />
        <Part
          name="Not known"
          lines={story.notKnown}
          waiting={waiting}
          empty="No evidence gap was reported."
          onOpen={onOpen}
        />
      </dl>
    </section>
  );
}

function Part({
  name,
  lines,
  waiting,
  empty,
  onOpen,
}: {
  name: string;
  lines: readonly StoryLine[];
  waiting: boolean;
  empty: string;
  onOpen: (id: string) => void;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, SHOWN_FIRST);
  let body: ReactNode = <span className="text-muted">{empty}</span>;
  if (lines.length > 0) body = shown.map((line) => <Line key={line.text} line={line} onOpen={onOpen} />);
  else if (waiting) body = <span className="skeleton inline-block h-4 w-80 max-w-full" />;
  return (
    <div className="flex flex-col gap-x-4 sm:flex-row">
      <dt className="w-32 shrink-0 font-strong">{name}</dt>
      <dd className="min-w-0 flex-1">
        {body}
        {lines.length > SHOWN_FIRST && (
          <button
            type="button"
            aria-expanded={all}
            className="text-small text-accent hover:underline"
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? "Show fewer" : `Show ${String(lines.length - SHOWN_FIRST)} more`}
            <span className="sr-only"> under {name}</span>
          </button>
        )}
      </dd>
    </div>
  );
}

function Line({ line, onOpen }: { line: StoryLine; onOpen: (id: string) => void }) {
  const { eventId } = line;
  return (
    <p>
      {eventId === undefined ? (
        line.text
      ) : (
        <button
          type="button"
          className="text-left hover:underline"
          onClick={() => {
            onOpen(eventId);
          }}
        >
          {line.text}
        </button>
      )}
      {line.level !== undefined && <span className="ml-2 text-small text-muted">{line.level}</span>}
    </p>
  );
}
