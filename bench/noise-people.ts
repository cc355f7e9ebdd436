/** Who is paged in the month of the benchmark: one in fifty of the alerts that page pages one of thirty-five people. */
import { PEOPLE } from "@/demo/months/people";
import type { NoiseFire } from "@/lib/domain/noise-input";
import type { AlertPage, Responder } from "@/lib/domain/on-call";

const ONE_IN = 50;

export const NOISE_PEOPLE: readonly Responder[] = PEOPLE.map(({ handle, name, team, zone }) => {
  return { id: handle, handle, name, team, userId: null, zones: [{ zone: zone || "UTC", validFrom: new Date(0) }] };
});

export function noisePages(fires: readonly NoiseFire[]): AlertPage[] {
  return fires
    .filter(({ route }, index) => route === "page" && index % ONE_IN === 0)
    .map((fire, index) => ({
      id: `page-${fire.id}`,
      responderId: NOISE_PEOPLE[index % NOISE_PEOPLE.length]?.id ?? "",
      episodeId: fire.episodeId,
      alertName: fire.name,
      service: fire.service,
      pagedAt: new Date(fire.startsAt + 30_000),
      step: 1,
      reason: "first",
      channel: "push",
      delivered: true,
      estimated: false,
      ackedAt: index % 3 === 0 ? null : new Date(fire.startsAt + 200_000),
      ackedBy: null,
      resolvedAt: null,
      resolvedBy: null,
      engagedMinutes: null,
    }));
}
