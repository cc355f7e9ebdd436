/** How many live questions one person may have open: each goes on asking the sources for an hour. Per process. */
import "server-only";
import { ProblemError } from "@/lib/platform/problem-error";

export const MAX_LIVE_PER_USER = 32;

const taken = new Map<string, number>();

/** Taken until `over` fires. Throws `ProblemError("rate-limited")` when the person has too many open. */
export function takeLiveSeat(userId: string, over: AbortSignal): void {
  if (over.aborted) return;
  const open = taken.get(userId) ?? 0;
  if (open >= MAX_LIVE_PER_USER) {
    const detail = `Expected at most ${String(MAX_LIVE_PER_USER)} live timelines open at once. Close some and try again.`;
    throw new ProblemError("rate-limited", { detail });
  }
  taken.set(userId, open + 1);
  over.addEventListener("abort", () => release(userId), { once: true });
}

function release(userId: string): void {
  const left = (taken.get(userId) ?? 1) - 1;
  if (left > 0) taken.set(userId, left);
  else taken.delete(userId);
}
