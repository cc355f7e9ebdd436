/** One glance: is this the whole picture? The same block in every view, answer and export. Pure. */
import type { CompletenessView } from "@/lib/contract/timeline-answer";
import { isLoss, type EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SourceStatus } from "@/lib/redact/redact-timeline";
import { uniqueGaps } from "@/lib/redact/unique-gaps";

/** Statuses of settled sources. The sentence is ours and names no source. */
export function completenessOf(statuses: readonly SourceStatus[], gaps: readonly EvidenceGap[]): CompletenessView {
  const connected = statuses.filter(({ state }) => state !== "not-configured");
  const answered = connected.filter(({ state }) => state === "answered").length;
  const failed = connected.filter(({ state }) => state === "failed").length;
  // Counted as they are told.
  const told = uniqueGaps(gaps);
  const losses = told.filter(isLoss).length;
  const state =
    connected.length === 0 || failed === connected.length
      ? "nothing-answered"
      : losses > 0 || answered < connected.length
        ? "partial"
        : "complete";
  return {
    state,
    answered,
    connected: connected.length,
    losses,
    notes: told.length - losses,
    sentence: SENTENCES[state],
  };
}

const SENTENCES: Readonly<Record<CompletenessView["state"], string>> = {
  complete: "Every connected source answered in full.",
  partial: "Something may be missing: the evidence gaps say what.",
  "nothing-answered": "No source answered: this says nothing about what happened.",
};
