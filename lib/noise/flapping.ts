/** Which fires of the month flap. */
import { FEWEST_FLAPPING, flappingSpans } from "@/lib/domain/flapping-spans";
import { at } from "./at";
import type { FireIndex } from "./index-fires";
import { step, type Steps } from "./steps";

/** The fires that start inside spans of flapping of their fingerprint, as positions. Reads the margin before the month. */
export function* findFlappingFires(index: FireIndex): Steps<number[]> {
  const { codes, names } = index.coded.fingerprint;
  const byFingerprint = names.map((): number[] => []);
  codes.forEach((code, position) => at(byFingerprint, code).push(position));
  const flapping: number[] = [];
  for (const own of byFingerprint) {
    if (own.length < FEWEST_FLAPPING) continue;
    for (const fire of yield* step(insideSpans(own, index))) flapping.push(fire);
  }
  return flapping.filter((fire) => fire >= index.inMonth.from && fire < index.inMonth.to).sort((a, b) => a - b);
}

/** Of the fires of one fingerprint, ascending. */
function insideSpans(own: readonly number[], { fires, starts }: FireIndex): number[] {
  const times: number[] = [];
  for (const position of own) {
    const { startsAt, endsAt, endReason } = at(fires, position);
    times.push(startsAt);
    if (endsAt !== null && endReason === "resolved") times.push(endsAt);
  }
  const spans = flappingSpans(times.sort((a, b) => a - b));
  let span = 0;
  return own.filter((position) => {
    while (span < spans.length && at(spans, span).toMs <= at(starts, position)) span += 1;
    return span < spans.length && at(spans, span).fromMs <= at(starts, position);
  });
}
