/** Which fires of the month flap. */
import { FEWEST_FLAPPING, flappingSpans, isInSpan } from "@/lib/domain/flapping-spans";
import { at } from "./at";
import type { FireIndex } from "./index-fires";

/** The fires that start inside spans of flapping of their fingerprint, as positions. Reads the margin before the month. */
export function findFlappingFires(index: FireIndex): number[] {
  const { codes, names } = index.coded.fingerprint;
  const byFingerprint = names.map((): number[] => []);
  codes.forEach((code, position) => at(byFingerprint, code).push(position));
  const flapping: number[] = [];
  for (const own of byFingerprint) {
    if (own.length < FEWEST_FLAPPING) continue;
    const times: number[] = [];
    for (const position of own) {
      const fire = at(index.fires, position);
      times.push(fire.startsAt);
      if (fire.endsAt !== null && fire.endReason === "resolved") times.push(fire.endsAt);
    }
    const spans = flappingSpans(times.sort((a, b) => a - b));
    if (spans.length === 0) continue;
    for (const position of own) if (isInSpan(spans, at(index.fires, position).startsAt)) flapping.push(position);
  }
  return flapping.filter((fire) => fire >= index.inMonth.from && fire < index.inMonth.to).sort((a, b) => a - b);
}
