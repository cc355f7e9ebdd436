/** What a poll needs, and how its outcome is counted. */
import "server-only";
import type { AlertSettings } from "@/lib/domain/alert-settings";
import type { PollSubject } from "@/lib/domain/poll";
import { alertPollHeard, alertPolls } from "@/lib/platform/metrics";
import type { Store } from "@/lib/store/open-store";
import type { PolledSource } from "./polled-sources";

export interface PollDeps {
  readonly store: Pick<Store, "polls" | "alerts" | "deliveries" | "ruleVersions">;
  readonly settings: AlertSettings;
  /** All that are polled. */
  readonly sources: readonly PolledSource[];
  readonly now: () => Date;
}

/** `idle`: not due, or another process asks. */
export type PollOutcome = "ok" | "failed" | "idle";

/** One answer may take so long and be so large. A poll is over before the next one is due. */
export const ANSWER_MS = 10_000;
export const ANSWER_BYTES = 16 * 1024 * 1024;

/** In place of `failureWords`: it answered, and parts of it could not be read. */
export const NOT_WHOLE = "not-whole";

export function countPoll(source: string, what: PollSubject, result: string, at: Date): void {
  alertPolls().inc({ source, what, result });
  if (result === "ok") alertPollHeard().set({ source, what }, at.getTime() / 1000);
}

/** Our own words, for the database and the metrics; what the source said itself is not repeated. */
export function failureWords(failure: { readonly kind: string; readonly status?: number | undefined }): string {
  return failure.status === undefined ? failure.kind : `${failure.kind} ${String(failure.status)}`;
}
