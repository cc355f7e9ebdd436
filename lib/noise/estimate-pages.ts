/** Pages that nobody told of: an alert at a receiver that pages, for each person of its team who was on call then. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { groupBy } from "@/lib/domain/group-by";
import type { NoiseFire } from "@/lib/domain/noise-input";
import type { AlertPage, OnCallShift, Responder } from "@/lib/domain/on-call";
import { at } from "./at";
import { countBy } from "./count-by";
import type { Month } from "./prepare-month";

/**
 * One for each episode and person, at its start. Repeats and escalations cannot be known, so there are rather too few. None
 * where no shift of the alert's team is known.
 */
export function estimatePages(
  fires: readonly NoiseFire[],
  shifts: readonly OnCallShift[],
  responders: readonly Responder[],
): AlertPage[] {
  const teams = new Map(responders.map(({ id, team }) => [id, team.toLowerCase()]));
  const byTeam = groupBy(shifts, ({ responderId }) => teams.get(responderId) ?? "");
  const seen = new Set<string>();
  return fires.flatMap((fire) => {
    if (seen.has(fire.episodeId)) return [];
    seen.add(fire.episodeId);
    if (!notifies(fire)) return [];
    const onCall = (byTeam.get(fire.team.toLowerCase()) ?? []).filter(
      ({ startsAt, endsAt }) => startsAt.getTime() <= fire.startsAt && fire.startsAt < endsAt.getTime(),
    );
    return [...new Set(onCall.map(({ responderId }) => responderId))].map((person) => estimatedPage(fire, person));
  });
}

/** By receiver, in a month of which no pager told; of any other month there is nothing to estimate. */
export function measureEstimates(month: Month): NoiseReport["estimated"] {
  const { index, pages } = month;
  const receiverOf = (episode: number) => month.placeOf(at(index.episodes.first, episode)).receiver;
  const notifications = countBy(notifyingEpisodes(month).map(receiverOf));
  const told = countBy(
    pages.estimated.map(({ episodeId }) => {
      const episode = index.episodes.byId.get(episodeId ?? "");
      return episode === undefined ? "unknown" : receiverOf(episode);
    }),
  );
  return {
    receivers: [...new Set([...notifications.keys(), ...told.keys()])].sort().map((receiver) => ({
      receiver,
      notifications: notifications.get(receiver) ?? 0,
      pages: told.get(receiver) ?? 0,
    })),
    scheduleKnown: month.input.shifts.length > 0,
  };
}

/** Episodes of the month that went to a receiver that pages; none where a pager told what came of them. */
export function notifyingEpisodes({ index, pages }: Month): number[] {
  if (pages.rows.length > 0) return [];
  const { from, to } = index.episodes.inMonth;
  return Array.from({ length: to - from }, (_, offset) => from + offset).filter((episode) =>
    notifies(at(index.fires, at(index.episodes.first, episode))),
  );
}

function notifies({ route, suppressed }: NoiseFire): boolean {
  return route === "page" && !suppressed;
}

function estimatedPage({ episodeId, name, service, startsAt }: NoiseFire, responderId: string): AlertPage {
  return {
    ...{ id: `estimated/${episodeId}/${responderId}`, responderId, episodeId, alertName: name, service },
    ...{ pagedAt: new Date(startsAt), step: 1, reason: "first", channel: "", delivered: true, estimated: true },
    ...{ ackedAt: null, ackedBy: null, resolvedAt: null, resolvedBy: null, engagedMinutes: null },
  };
}
