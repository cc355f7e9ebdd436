/** What sightings claim of one start: seen firing until when, ended how. The first step of `foldFires`. Pure. */
import type { AlertSighting, EndReason } from "@/lib/domain/alert-history";

export interface FireEnd {
  readonly atMs: number;
  readonly reason: Exclude<EndReason, "open">;
}

interface Gone extends FireEnd {
  readonly observedMs: number;
}

/** All that was said of one start. Sets and extremes only, so that order and repeats change nothing. */
export interface FireClaim {
  readonly startMs: number;
  /** Latest; null when nobody said so. */
  resolvedMs: number | null;
  /** Last time seen firing; null when never. */
  firingMs: number | null;
  readonly gone: Gone[];
  readonly sightings: AlertSighting[];
}

/** In: sightings of one fingerprint, any order, repeats allowed. Out: one claim per start, ascending. */
export function fireClaims(sightings: readonly AlertSighting[]): FireClaim[] {
  const byStart = new Map<number, FireClaim>();
  for (const sighting of sightings) {
    if (!isBareEnd(sighting)) addTo(claimAt(byStart, sighting.startsAt.getTime()), sighting);
  }
  const ends = sightings.filter(isBareEnd).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  for (const sighting of ends) addTo(claimAt(byStart, startOfBareEnd(sighting, byStart)), sighting);
  return [...byStart.values()].sort((a, b) => a.startMs - b.startMs);
}

/** How it ended, as far as is known; null for what still fires. */
export function endOfClaim({ resolvedMs, gone, firingMs }: Omit<FireClaim, "startMs" | "sightings">): FireEnd | null {
  if (resolvedMs !== null) return { atMs: resolvedMs, reason: "resolved" };
  // Seen firing after somebody missed it: it was not gone.
  const missed = gone.filter(({ observedMs }) => firingMs === null || observedMs >= firingMs);
  return missed.sort((a, b) => a.atMs - b.atMs || (a.reason < b.reason ? -1 : 1))[0] ?? null;
}

/** Grafana 12 overwrites the start with the end when an alert resolves (grafana/grafana#106065): only the end is known. */
function isBareEnd({ status, startsAt, endsAt }: AlertSighting): boolean {
  return status === "resolved" && (endsAt === null || endsAt.getTime() <= startsAt.getTime());
}

/** The start of what fired then, or the end itself when nothing is known to have fired. */
function startOfBareEnd({ startsAt }: AlertSighting, byStart: ReadonlyMap<number, FireClaim>): number {
  const atMs = startsAt.getTime();
  const before = [...byStart.keys()].filter((startMs) => startMs <= atMs);
  const claim = before.length === 0 ? undefined : byStart.get(Math.max(...before));
  if (!claim) return atMs;
  return claim.resolvedMs === null || claim.resolvedMs >= atMs ? claim.startMs : atMs;
}

function claimAt(byStart: Map<number, FireClaim>, startMs: number): FireClaim {
  const known = byStart.get(startMs);
  if (known) return known;
  const claim: FireClaim = { startMs, resolvedMs: null, firingMs: null, gone: [], sightings: [] };
  byStart.set(startMs, claim);
  return claim;
}

function addTo(claim: FireClaim, sighting: AlertSighting): void {
  const { status, startsAt, endsAt, endReason, observedAt, lastObservedAt = observedAt } = sighting;
  claim.sightings.push(sighting);
  const endMs = Math.max(startsAt.getTime(), (endsAt ?? (status === "gone" ? observedAt : startsAt)).getTime());
  switch (status) {
    case "firing":
      claim.firingMs = Math.max(claim.firingMs ?? 0, lastObservedAt.getTime());
      return;
    case "resolved":
      claim.resolvedMs = Math.max(claim.resolvedMs ?? 0, endMs);
      return;
    case "gone":
      claim.gone.push({ atMs: endMs, reason: endReason ?? "expired", observedMs: observedAt.getTime() });
  }
}
