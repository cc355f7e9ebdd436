/** Times of senders, to the millisecond: an API cuts what a webhook tells finer. Pure. */
import { epochMs, epochNsFromRfc3339 } from "@/lib/domain/epoch-ns";

const DAY_MS = 24 * 60 * 60_000;

/** Undefined for what is none, for the zero time of Go, and for a time that lies more than a day ahead of `receivedAt`. */
export function alertInstant(text: string | null | undefined, receivedAt: Date): Date | undefined {
  const ns = epochNsFromRfc3339(text ?? "");
  if (ns === undefined) return undefined;
  const ms = epochMs(ns);
  return ms <= 0 || ms > receivedAt.getTime() + DAY_MS ? undefined : new Date(ms);
}
