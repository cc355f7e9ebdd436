"use client";

/** What is asked, in words; ways to hand it on (absolute, so that they mean the same tomorrow); story or dense. */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { CopyButton } from "../ui/copy-button";
import { ToggleChip } from "../ui/toggle-chip";
import { ExportMenu } from "./export-menu";
import { LiveSwitch } from "./live-switch";
import { pinnedQuestion } from "./pinned-question";
import { ShareMenu } from "./share-menu";
import type { SetTimelineUrlState } from "./url-state";

const NAMED_SERVICES = 3;

export function TimelineHead({
  question,
  snapshot,
  story,
  setState,
}: {
  question: TimelineQuestion;
  snapshot: TimelineSnapshot;
  story: boolean;
  setState: SetTimelineUrlState;
}) {
  const { query, services } = snapshot;
  const names = [...services].sort((a, b) => b.errors - a.errors || b.rows - a.rows).map((service) => service.name);
  const more = names.length - NAMED_SERVICES;
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
      <h1 className="text-section font-strong break-all">
        {question.shared !== undefined && "Shared with you: "}
        {(query?.keys ?? question.keys).map(readableKey).join(" + ")}
      </h1>
      <p className="text-muted">
        {names.slice(0, NAMED_SERVICES).join(", ")}
        {more > 0 && ` +${String(more)}`}
      </p>
      <span className="ml-auto flex flex-wrap items-center justify-end gap-1">
        {query && !query.hidden.includes("telemetry-id") && (
          <>
            <ToggleChip on={story} label="Plain sentences" onToggle={() => void setState({ view: "story" })}>
              Story
            </ToggleChip>
            <ToggleChip
              on={!story}
              label="One line per fact, in the records' own words"
              onToggle={() => void setState({ view: "dense" })}
            >
              Records
            </ToggleChip>
          </>
        )}
        {question.shared === undefined && <LiveSwitch question={question} snapshot={snapshot} />}
        <HandOn question={question} snapshot={snapshot} />
      </span>
    </header>
  );
}

/** Only what the role may do. Who looks through somebody's link only looks. */
function HandOn({ question, snapshot }: { question: TimelineQuestion; snapshot: TimelineSnapshot }) {
  const { query } = snapshot;
  if (question.shared !== undefined || !query) return null;
  const pinned = pinnedQuestion(question, snapshot);
  const address = (): string => pinnedAddress(snapshot);
  return (
    <>
      {query.abilities.includes("share") ? (
        <ShareMenu question={pinned} address={address} />
      ) : (
        <CopyButton text={address} label="Copy the address" />
      )}
      {query.abilities.includes("export") && <ExportMenu question={pinned} role={query.role} />}
    </>
  );
}

/** `order:48192` as `order #48192`-like words: the kind, then the value. */
function readableKey(key: string): string {
  const colon = key.indexOf(":");
  return colon < 0 ? key : `${key.slice(0, colon)} ${key.slice(colon + 1)}`;
}

/** A relative window would show the receiver something else. */
function pinnedAddress({ query, live }: TimelineSnapshot): string {
  const url = new URL(window.location.href);
  if (query) {
    url.searchParams.set("from", query.from);
    // A link to something that goes on has no end.
    if (live === "off") url.searchParams.set("to", query.to);
    else url.searchParams.delete("to");
  }
  // The sender's address too, without asking again: what is shown is already that window.
  window.history.replaceState(window.history.state, "", url);
  return url.href;
}
