/** Verdicts and reasons in words, with their keys. Pure. */
import type { EndReason } from "@/lib/domain/alert-history";
import { VERDICTS, type VerdictKind, type VerdictReason } from "@/lib/domain/on-call";

export const VERDICT_WORDS: Readonly<Record<VerdictKind, { readonly name: string; readonly means: string }>> = {
  actionable: { name: "Actionable", means: "somebody had to act, and did" },
  "not-page-worthy": { name: "Real, not worth a page", means: "true, but it could have waited" },
  expected: { name: "Expected", means: "known work or a known pattern" },
  duplicate: { name: "Duplicate", means: "another alert had said so" },
  noise: { name: "Noise", means: "nothing was wrong" },
};

/** `1` to `5`. */
export function verdictOfKey(key: string): VerdictKind | undefined {
  return VERDICTS[Number(key) - 1];
}

export function keyOfVerdict(verdict: VerdictKind): string {
  return String(VERDICTS.indexOf(verdict) + 1);
}

/** Each reason and the change that it speaks for. */
export const REASON_WORDS: Readonly<Record<VerdictReason, { readonly name: string; readonly change: string }>> = {
  threshold: { name: "Threshold too tight", change: "move the threshold" },
  "self-heals": { name: "Heals itself", change: "wait longer before firing, or keep firing" },
  "wrong-hours": { name: "Wrong hours", change: "mute it at these hours" },
  "wrong-team": { name: "Wrong team", change: "route it to its owner" },
  "poor-details": { name: "Says too little", change: "write text and a runbook" },
  "known-work": { name: "Known work", change: "silence it while the work runs" },
  duplicate: { name: "Same as another", change: "group or inhibit it" },
};

export const END_WORDS: Readonly<Record<EndReason, string>> = {
  resolved: "resolved",
  expired: "no longer reported; nobody said resolved",
  rule_removed: "the rule was removed",
  source_lost: "its source was lost; nobody knows when it ended",
  open: "still firing",
};
