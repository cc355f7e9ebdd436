/** Which sources were asked, how each answered, and whether what is shown is everything. */
import clsx from "clsx";
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { CompletenessView, SourceStatusView } from "@/lib/contract/timeline-answer";
import { formatWindow, type DisplayZone } from "@/lib/client/format-instant";
import { plural } from "./build-story";
import { SourceMark, sourceName } from "./marks";
import { shownWindow } from "./shown-window";

const STATES: Record<SourceStatusView["state"], { mark: string; words: string; look: string }> = {
  asking: { mark: "…", words: "asking", look: "text-muted" },
  answered: { mark: "✓", words: "answered", look: "text-good" },
  partial: { mark: "!", words: "answered in part", look: "text-warning" },
  failed: { mark: "✕", words: "failed", look: "text-error" },
  "not-configured": { mark: "–", words: "not connected", look: "text-muted" },
};

export function EvidenceBar({
  snapshot,
  isEarlier,
  zone,
}: {
  snapshot: TimelineSnapshot;
  /** Rows of the answer before this one, shown until this one is whole. */
  isEarlier: boolean;
  zone: DisplayZone;
}) {
  const { sources } = snapshot;
  const window = shownWindow(snapshot);
  return (
    <section
      aria-label="Evidence"
      className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1 text-small"
    >
      {sources.length === 0 && !snapshot.ended && <span className="skeleton h-4 w-72" />}
      {sources.map((source) => (
        <SourceChip key={`${source.source}/${source.sourceId ?? ""}`} status={source} />
      ))}
      <span className="ml-auto flex flex-wrap items-center gap-x-3">
        <Completeness snapshot={snapshot} isEarlier={isEarlier} />
        {window && <span className="text-muted">{formatWindow(window.fromMs, window.toMs, zone)}</span>}
      </span>
    </section>
  );
}

function SourceChip({ status }: { status: SourceStatusView }) {
  const state = STATES[status.state];
  const asked = status.state !== "not-configured";
  return (
    <span className="inline-flex items-center gap-1.5">
      <SourceMark source={status.source} />
      <span className="text-muted max-sm:sr-only">{status.sourceId ?? sourceName(status.source)}</span>
      {asked && (
        <span title={plural(status.fetches, "query").replace("querys", "queries")}>
          {status.rows.toLocaleString("en")}
        </span>
      )}
      <span className={clsx("font-strong", state.look)}>
        <span aria-hidden="true">{state.mark}</span>
        <span className={status.state === "answered" || status.state === "asking" ? "sr-only" : "ml-1 max-sm:sr-only"}>
          {state.words}
        </span>
      </span>
      {asked && status.elapsedMs > 0 && (
        <span className="text-muted max-sm:hidden">{(status.elapsedMs / 1000).toFixed(1)} s</span>
      )}
    </span>
  );
}

const PICTURES: Record<CompletenessView["state"], { mark: string; words: string; look: string }> = {
  complete: { mark: "✓", words: "Complete", look: "text-good" },
  partial: { mark: "!", words: "Not complete", look: "font-strong text-warning" },
  "nothing-answered": { mark: "✕", words: "Not complete: nothing answered", look: "font-strong text-error" },
};

/** One glance: the state, how many sources, and what that means. */
function Completeness({ snapshot, isEarlier }: { snapshot: TimelineSnapshot; isEarlier: boolean }) {
  const { ended, completeness, gaps } = snapshot;
  if (isEarlier || (!ended && !completeness)) {
    return (
      <span role="status" className="text-muted">
        {isEarlier ? "Asking again; these are the rows of the answer before" : "Sources are still answering"}
      </span>
    );
  }
  if (!completeness || (ended && ended.kind !== "complete")) {
    return (
      <span role="status" className="font-strong text-warning">
        <span aria-hidden="true">! </span>Not complete{gaps.length > 0 && `: ${plural(gaps.length, "evidence gap")}`}
      </span>
    );
  }
  const picture = PICTURES[completeness.state];
  return (
    <span role="status" className="inline-flex flex-wrap items-center gap-x-2">
      <span className={picture.look}>
        <span aria-hidden="true">{picture.mark} </span>
        {picture.words}
      </span>
      <span className="text-muted">
        {completeness.answered} of {plural(completeness.connected, "source")} in full
        {completeness.losses > 0 && ` · ${plural(completeness.losses, "gap")}`}
      </span>
      <span className={clsx("text-muted", completeness.state === "complete" ? "max-2xl:sr-only" : "max-lg:sr-only")}>
        {completeness.sentence}
      </span>
    </span>
  );
}
