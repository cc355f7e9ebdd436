/** Fires that were over before anybody could act, and fires that never end. */
import type { NoiseFire } from "@/lib/domain/noise-input";
import type { Evidence } from "./evidence";

/**
 * Resolved by its source in less than `belowMs`, and nobody acknowledged it, noted, silenced or linked an incident.
 * Firing time is from the start of firing: the wait before it is not part of it.
 */
export function isTransient(fire: NoiseFire, evidence: Evidence, belowMs: number): boolean {
  if (fire.endReason !== "resolved" || fire.endsAt === null || fire.endsAt - fire.startsAt >= belowMs) return false;
  if (evidence.acked.has(fire.episodeId)) return false;
  const acts = evidence.ofEpisode.get(fire.episodeId);
  return acts === undefined || acts.every((act) => act.kind === "deploy" || act.kind === "config");
}

/** On for this long or longer, so far. */
export function isStale(fire: NoiseFire, watermark: number, fromMs: number): boolean {
  return (fire.endsAt ?? watermark) - fire.startsAt >= fromMs;
}
