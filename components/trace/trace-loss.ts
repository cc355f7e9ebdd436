/** What the evidence gaps say about one trace. Pure. */
import type { GapView } from "@/lib/contract/timeline-answer";
import { isLoss } from "@/lib/domain/evidence-gap";

export interface TraceLoss {
  /** Records of the trace that belong to others and stay out, when the trace is shared. */
  readonly leftOut: number;
  /** Why more may exist than arrived; our own sentences. */
  readonly partial: readonly string[];
}

export function traceLoss(gaps: readonly GapView[], traceId: string): TraceLoss {
  const own = gaps.filter((gap) => gap.keys?.includes(`trace:${traceId}`));
  const leftOut = own
    .filter((gap) => gap.reason === "hub" && (gap.shown ?? 0) > 0)
    .reduce((sum, gap) => sum + Math.max(0, (gap.total ?? 0) - (gap.shown ?? 0)), 0);
  return { leftOut, partial: [...new Set(own.filter(isLoss).map((gap) => gap.detail))] };
}
