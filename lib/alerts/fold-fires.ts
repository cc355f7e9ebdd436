/**
 * Sightings → fires. Whatever order they came in and however often: a webhook is delivered at least once, peers overtake
 * each other, and a start may move. Pure.
 *
 * - What overlaps in time is one fire: a start may move earlier while an alert fires, and copies come from peers.
 * - What still fires and starts within five minutes of the other is one fire too.
 * - A later start while nobody said that the one before ended: its end was lost. It ends when it was last seen firing.
 * - What a metrics server remembers counts only where nobody told anything: a told fire is never moved by it.
 * - Resolved beats gone, by whomever it was told; gone counts only while nobody saw it firing afterwards.
 */
import { createHash } from "node:crypto";
import type { AlertFire, AlertSighting } from "@/lib/domain/alert-history";
import { describeFire, type FoldRules, type MergedClaim } from "./describe-fire";
import { endOfClaim, fireClaims, type FireClaim } from "./fire-claims";

const SAME_START_MS = 5 * 60_000;

/**
 * In: sightings, any order, repeats allowed. Out: fires by fingerprint and start, not overlapping within a fingerprint; at
 * most the last of each is open. `episodeId` is the fire's own until `groupEpisodes` looked at it.
 */
export function foldFires(sightings: readonly AlertSighting[], rules: FoldRules): AlertFire[] {
  const byFingerprint = new Map<string, AlertSighting[]>();
  for (const sighting of sightings) {
    const known = byFingerprint.get(sighting.fingerprint);
    if (known) known.push(sighting);
    else byFingerprint.set(sighting.fingerprint, [sighting]);
  }
  return [...byFingerprint.keys()].sort().flatMap((fingerprint) => {
    const own = byFingerprint.get(fingerprint) ?? [];
    return mergeClaims(withoutRetold(own)).map((merged) => {
      const id = fireId(fingerprint, merged.startMs);
      return { id, episodeId: id, fingerprint, ...describeFire(merged, rules) };
    });
  });
}

/** The same for everybody who computes it. */
export function fireId(fingerprint: string, startMs: number): string {
  return createHash("sha256")
    .update(`${fingerprint}\n${String(startMs)}`)
    .digest("hex")
    .slice(0, 32);
}

/** What somebody told is kept as it was told; what a metrics server remembers fills the time between. Ascending. */
function withoutRetold(sightings: readonly AlertSighting[]): FireClaim[] {
  const told = fireClaims(sightings.filter(({ alert }) => !alert.reconstructed));
  const rebuilt = fireClaims(sightings.filter(({ alert }) => alert.reconstructed));
  const untold = rebuilt.filter((claim) => !told.some((one) => overlap(claim, one)));
  return [...told, ...untold].sort((a, b) => a.startMs - b.startMs);
}

function overlap(a: FireClaim, b: FireClaim): boolean {
  return a.startMs === b.startMs || (a.startMs < lastKnownMs(b) && b.startMs < lastKnownMs(a));
}

function lastKnownMs(claim: FireClaim): number {
  return endOfClaim(claim)?.atMs ?? Math.max(claim.startMs, claim.firingMs ?? 0);
}

function mergeClaims(claims: readonly FireClaim[]): MergedClaim[] {
  const merged: MergedClaim[] = [];
  let current: FireClaim | undefined;
  for (const claim of claims) {
    if (current && belongsTo(current, claim)) {
      absorb(current, claim);
      continue;
    }
    if (current) merged.push(closed(current, claim.startMs));
    current = { ...claim, gone: [...claim.gone], sightings: [...claim.sightings] };
  }
  if (current) merged.push(closed(current, null));
  return merged;
}

function belongsTo(fire: FireClaim, { startMs }: FireClaim): boolean {
  const end = endOfClaim(fire);
  if (end) return startMs < end.atMs;
  return startMs - fire.startMs <= SAME_START_MS || (fire.firingMs !== null && fire.firingMs >= startMs);
}

function absorb(fire: FireClaim, { resolvedMs, firingMs, gone, sightings }: FireClaim): void {
  fire.resolvedMs = latest(fire.resolvedMs, resolvedMs);
  fire.firingMs = latest(fire.firingMs, firingMs);
  fire.gone.push(...gone);
  fire.sightings.push(...sightings);
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** `nextMs`: where the next fire starts, by which this one must be over. */
function closed(fire: FireClaim, nextMs: number | null): MergedClaim {
  const { startMs, firingMs, sightings } = fire;
  const known = endOfClaim(fire);
  if (known || nextMs === null) return { startMs, end: known, sightings };
  const lostMs = Math.min(Math.max(firingMs ?? startMs, startMs), nextMs);
  return { startMs, end: { atMs: lostMs, reason: "source_lost" }, sightings };
}
