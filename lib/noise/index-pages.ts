/** Delivered pages of all loaded time, with what the measures need to know of each. */
import type { NoiseInput } from "@/lib/domain/noise-input";
import type { NoiseSettings } from "@/lib/domain/noise-settings";
import type { AlertPage, Responder } from "@/lib/domain/on-call";
import { at } from "./at";
import { createClock, type WallClock } from "./hour-class";
import type { FireIndex } from "./index-fires";
import { openInterrupts, findStorms } from "./interrupts";
import { findWakeUps } from "./wake-ups";
import { groupBy } from "@/lib/domain/group-by";

/** The values of the dimensions at the time of the fire; `unknown` is one like others. */
export interface Place {
  readonly rule: string;
  readonly service: string;
  readonly team: string;
  readonly owner: string;
  readonly severity: string;
  readonly receiver: string;
}

export interface PageRow {
  readonly page: AlertPage;
  readonly at: number;
  readonly inMonth: boolean;
  /** -1 when the pager named no alert that is known. */
  readonly episode: number;
  /** Cluster, or the interrupt of a page without an episode: what counts as one incident for its person. */
  incident: string;
  readonly place: Place;
  readonly clock: WallClock;
  readonly person: Responder | undefined;
  opens: boolean;
  wakes: boolean;
  /** The first wake-up of its night. */
  disturbs: boolean;
  storm: boolean;
  redundant: boolean;
}

export interface PageIndex {
  /** By time, then id. */
  readonly rows: readonly PageRow[];
  readonly byPerson: ReadonlyMap<string, readonly PageRow[]>;
  readonly estimated: readonly AlertPage[];
  readonly undelivered: number;
}

export function indexPages(
  input: Omit<NoiseInput, "before">,
  index: FireIndex,
  placeOf: (fire: number) => Place,
  settings: NoiseSettings,
): PageIndex {
  const people = new Map(input.responders.map((person) => [person.id, person]));
  const clockOf = createClock(settings);
  const [from, to] = [input.from.getTime(), input.to.getTime()];
  const unique = [...new Map(input.pages.map((page) => [page.id, page])).values()].sort(
    (a, b) => a.pagedAt.getTime() - b.pagedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const inMonth = (page: AlertPage) => page.pagedAt.getTime() >= from && page.pagedAt.getTime() < to;
  const placeByName = placesByName(input);
  const rows = unique
    .filter((page) => page.delivered && !page.estimated)
    .map((page): PageRow => {
      const episode = page.episodeId === null ? -1 : (index.episodes.byId.get(page.episodeId) ?? -1);
      const person = people.get(page.responderId);
      return {
        page,
        at: page.pagedAt.getTime(),
        inMonth: inMonth(page),
        episode,
        incident: episode < 0 ? "" : `cluster/${at(index.episodes.clusterOf, episode)}`,
        place: episode < 0 ? placeByName(page) : placeOf(at(index.episodes.first, episode)),
        clock: clockOf(person, page.pagedAt.getTime()),
        person,
        opens: false,
        wakes: false,
        disturbs: false,
        storm: false,
        redundant: false,
      };
    });
  const byPerson = groupBy(rows, (row) => row.page.responderId);
  for (const own of byPerson.values()) markPerson(own, settings);
  return {
    rows,
    byPerson,
    estimated: unique.filter((page) => page.delivered && page.estimated && inMonth(page)),
    undelivered: unique.filter((page) => !page.delivered && inMonth(page)).length,
  };
}

function markPerson(own: readonly PageRow[], settings: NoiseSettings): void {
  const times = own.map((row) => row.at);
  const openings = openInterrupts(times, settings.interruptSeconds * 1000).map((position) => at(own, position));
  for (const row of openings) row.opens = true;
  let opening = "";
  for (const row of own) {
    if (row.opens) opening = row.page.id;
    if (row.episode < 0) row.incident = `interrupt/${opening}`;
  }
  const asleep = openings.filter((row) => row.clock.hourClass === "sleep");
  const nights = new Set<string>();
  const apart = settings.wakeUpMinutes * 60_000;
  for (const position of findWakeUps(
    asleep.map((row) => row.at),
    apart,
  )) {
    const row = at(asleep, position);
    row.wakes = true;
    // A night over the edge of the month is disturbed in the month of its first wake-up there.
    const night = `${row.clock.night}/${row.inMonth}`;
    row.disturbs = !nights.has(night);
    nights.add(night);
  }
  for (const position of findStorms(times)) at(own, position).storm = true;
  for (const incident of groupBy(own, (row) => row.incident).values()) markRedundant(incident);
}

/** Redundant: paged before for the same incident, and the person has not resolved it since. */
function markRedundant(pages: readonly PageRow[]): void {
  pages.forEach((row, position) => {
    const before = pages[position - 1];
    if (before === undefined) return;
    const resolved = pages
      .slice(Math.max(0, position - 50), position)
      .filter(({ page }) => page.resolvedBy === "person" && page.resolvedAt !== null)
      .map(({ page }) => page.resolvedAt?.getTime() ?? 0)
      .some((time) => time >= before.at && time <= row.at);
    row.redundant = !resolved;
  });
}

/** A page without an episode belongs to the rule of its name, when exactly one has it. */
function placesByName(input: Omit<NoiseInput, "before">): (page: AlertPage) => Place {
  const rules = new Map(input.rules.map((rule) => [rule.rule, rule]));
  const byName = groupBy(rules.values(), (rule) => rule.name);
  return (page) => {
    const named = byName.get(page.alertName) ?? [];
    const only = named.length === 1 ? named[0] : undefined;
    return {
      rule: only?.rule || "unknown",
      service: page.service || "unknown",
      team: "unknown",
      owner: only?.owner || "unknown",
      severity: "unknown",
      receiver: "unknown",
    };
  };
}
