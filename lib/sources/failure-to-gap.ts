/** Names a failed request in the words of evidence gaps, the same way for every adapter. Pure. */
import type { EvidenceGap, GapReason } from "@/lib/domain/evidence-gap";
import { assertNever } from "@/lib/domain/assert-never";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { SourceHttpResult } from "@/lib/platform/source-http";

export type SourceHttpFailure = SourceHttpResult & { readonly ok: false };

interface Said {
  readonly reason: GapReason;
  readonly detail: string;
  readonly retryable: boolean;
}

/**
 * The gap for one failed request. `detail` is our own sentence: nothing of the answer's headers or text is used, so a
 * hostile error body cannot speak to a reader.
 */
export function failureToGap(failure: SourceHttpFailure, source: SourceId, window?: TimeWindow): EvidenceGap {
  return {
    source,
    ...saidOf(failure),
    attempts: failure.attempts,
    ...(window !== undefined && { window }),
  };
}

function saidOf(failure: SourceHttpFailure): Said {
  switch (failure.kind) {
    case "refused":
      return say("refused", "The source could not be reached.", true);
    case "timeout":
      return say("timeout", "The source did not give a complete answer in time.", true);
    case "aborted":
      return say("timeout", "The question was stopped before the source had answered.", true);
    case "busy":
      return say("busy", "Too many questions were waiting for this source.", true);
    case "too-large":
      return say("truncated", "The answer was larger than the size limit and was not read.", false);
    case "cut-off":
      return say("truncated", "The answer of the source ended early and was not used.", true);
    case "status":
      return saidOfStatus(failure.status ?? 0);
    default:
      return assertNever(failure.kind);
  }
}

function saidOfStatus(status: number): Said {
  if (status === 401 || status === 403 || status === 407) {
    return say("denied", "The source does not accept our credentials for this question.", false);
  }
  if (status === 429) return say("rate-limited", "The source asked us to come back later than we could wait.", true);
  if (status === 408) return say("timeout", "The source did not give a complete answer in time.", true);
  // A URL that is too long is 414 in some proxies, 431 in others, and a plain 400 in the rest.
  if (status === 413 || status === 414 || status === 431)
    return say("rejected", "The source found the question too large.", false);
  // The adapter handles the 404 that means "no such trace"; any other says that the address is not that of the API.
  if (status === 404) return say("bad-response", "The source does not know this part of its API.", false);
  if (status >= 400 && status < 500) return say("rejected", "The source did not accept the question.", false);
  return say("refused", "The source reported a failure of its own.", true);
}

function say(reason: GapReason, detail: string, retryable: boolean): Said {
  return { reason, detail, retryable };
}
