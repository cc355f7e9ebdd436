/** From the wire of the on-call feed to what is stored. Pure. */
import type { OnCallFeed } from "@/lib/contract/on-call";
import type { Feed } from "@/lib/store/feed";

const ALWAYS = new Date(0);

export function toFeed({ pages, shifts, people }: OnCallFeed): Feed {
  return {
    people: people.map(({ person, name, team, zone, from }) => ({
      handle: person,
      name,
      team,
      ...(zone !== undefined && { zone: { zone, from: from === undefined ? ALWAYS : new Date(from) } }),
    })),
    shifts: shifts.map(({ id, person, schedule, from, to }) => ({
      externalId: id,
      handle: person,
      schedule,
      startsAt: new Date(from),
      endsAt: new Date(to),
    })),
    pages: pages.map((page) => ({
      externalId: page.id,
      handle: page.person,
      alertName: page.alert,
      service: page.service,
      fingerprint: page.fingerprint ?? null,
      pagedAt: new Date(page.at),
      step: page.step,
      reason: page.reason,
      channel: page.channel,
      delivered: page.delivered,
      estimated: false,
      ackedAt: dateOf(page.ackedAt),
      // Who acknowledges without a name is who was paged.
      ackedBy: page.ackedAt === undefined ? null : (page.ackedBy ?? page.person),
      resolvedAt: dateOf(page.resolvedAt),
      resolvedBy: page.resolvedBy ?? null,
      engagedMinutes: page.engagedMinutes ?? null,
    })),
  };
}

const dateOf = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));
