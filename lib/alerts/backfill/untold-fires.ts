/** Which fires of a rebuilt history nobody told of. Pure. */
import type { RebuiltFire } from "@/lib/domain/firing-history";
import type { KnownFire } from "@/lib/store/backfill-repository";

/**
 * Leaves out what history holds already, told or rebuilt: the same alert at an overlapping time. Alert managers add labels of
 * their own, so a known fire is the same when it has at least the labels of the rebuilt one.
 *
 * `ignored`: labels that differ between copies of one alert.
 */
export function untoldFires(
  fires: readonly RebuiltFire[],
  known: readonly KnownFire[],
  ignored: ReadonlySet<string>,
): RebuiltFire[] {
  const byName = new Map<string, KnownFire[]>();
  for (const fire of known) {
    const same = byName.get(fire.name);
    if (same) same.push(fire);
    else byName.set(fire.name, [fire]);
  }
  return fires.filter((fire) => {
    const wanted = Object.entries(fire.labels).filter(([label]) => !ignored.has(label));
    return !byName.get(fire.labels["alertname"] ?? "")?.some((one) => {
      return overlaps(fire, one) && wanted.every(([label, value]) => one.labels[label] === value);
    });
  });
}

/** Touching is overlapping only for what starts together. */
function overlaps({ startsAtMs, endsAtMs }: RebuiltFire, { startsAt, until }: KnownFire): boolean {
  const [startMs, endMs] = [startsAt.getTime(), until.getTime()];
  return startsAtMs === startMs || (startsAtMs < endMs && startMs < endsAtMs);
}
