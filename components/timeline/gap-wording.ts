/** How evidence gaps read on a page: sentence, count, order. Pure. */
import { gapTitle } from "@/lib/contract/gap-title";
import type { GapView } from "@/lib/contract/timeline-answer";
import { isLoss } from "@/lib/domain/evidence-gap";

/** The gap in one line, with the service it is about. */
export function gapSentence({ reason, service, detail }: Pick<GapView, "reason" | "service" | "detail">): string {
  return service === undefined ? `${gapTitle(reason)}: ${detail}` : `${gapTitle(reason)}, ${service}: ${detail}`;
}

/** `500 of 12,000 shown`, `500 of unknown shown`, `0 of 214 lines carried one`; nothing when no count was given. */
export function gapCount(gap: Pick<GapView, "shown" | "total"> & Partial<Pick<GapView, "reason">>): string | undefined {
  if (gap.shown === undefined && gap.total === undefined) return undefined;
  const shown = gap.shown === undefined ? "unknown" : gap.shown.toLocaleString("en");
  return `${shown} of ${gap.total === undefined ? "unknown" : gap.total.toLocaleString("en")} ${gap.reason === "id-absent" ? "lines carried one" : "shown"}`;
}

/** A gap of permission or of choice is no fault; the others mean that something is missing that could have been here. */
export function isFault(reason: GapView["reason"]): boolean {
  return reason !== "not-permitted" && isLoss({ reason });
}

export interface GapGroup {
  readonly title: string;
  readonly gaps: readonly GapView[];
}

/** What may be missing first, then what takes nothing away; in both the given order. Empty groups are left out. */
export function groupGaps(gaps: readonly GapView[]): GapGroup[] {
  const groups = [
    { title: "May be missing", gaps: gaps.filter(isLoss) },
    { title: "Good to know", gaps: gaps.filter((gap) => !isLoss(gap)) },
  ];
  return groups.filter((group) => group.gaps.length > 0);
}
