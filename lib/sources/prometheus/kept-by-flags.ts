/**
 * How long a Prometheus keeps samples, by its flags. Pure. `/api/v1/status/tsdb` does not help: its earliest time is that of
 * the last hours in memory, not of the blocks on disk.
 */
import { parseGoDuration } from "../parse-go-duration";
import type { Flags } from "./wire";

const TIME_FLAG = "storage.tsdb.retention.time";
const SIZE_FLAG = "storage.tsdb.retention.size";
/** What Prometheus does when neither flag is set. */
const USUAL_MS = 15 * 86_400_000;

/** Milliseconds. Undefined when the flags do not tell: another product, or a limit of size alone. */
export function keptByFlags(flags: Flags): number | undefined {
  const time = flags[TIME_FLAG];
  if (time === undefined) return undefined;
  const keptNs = parseGoDuration(time);
  if (keptNs !== undefined) return Number(keptNs / 1_000_000n);
  const size = flags[SIZE_FLAG] ?? "0B";
  return time === "0s" && /^0\D*$/.test(size) ? USUAL_MS : undefined;
}
