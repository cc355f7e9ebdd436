/** Microseconds as people read them. Pure. */
import { formatDuration } from "@/lib/client/format-duration";

/** `41 ms`. Rounded to the nanosecond that the number was made of. */
export function formatMicros(us: number): string {
  return formatDuration(BigInt(Math.round(us * 1000)));
}
