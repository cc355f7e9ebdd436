/** The rows behind each figure, so that a number can be opened and counted. */
import type { Figure } from "@/lib/contract/noise-report";
import { at } from "./at";
import type { PageRow } from "./index-pages";
import type { Marks } from "./marks";
import type { Month } from "./prepare-month";
import type { Recall } from "./recall";

/** Values of the dimensions that a kind of row has, by the name of the dimension. */
type Values = Readonly<Record<string, string>>;
interface Row {
  readonly id: string;
  readonly values: () => Values;
}

/**
 * Ids of the rows of a figure, in order of time: of fires (`fires`, `transient`, `stale`, `flapping`,
 * `monitoring-faults`), of episodes (a cluster by its first), of impacts, else of pages (an interrupt, a wake-up, a
 * night and a storm by the page that began it).
 * A group is `rule:…`, `service:…`, `team:…`, `owner:…`, `severity:…`, `receiver:…`; of pages also `responder:…`,
 * `paged:…` (the team of the person), `hour:sleep`, `cell:1-23` (weekday and hour); of impacts `detector:…`. Of several,
 * all must hold. A group that the rows do not have holds nothing.
 */
export type RowsOf = (figure: Figure, group?: string | readonly string[]) => readonly string[];

export function createRows(month: Month, marks: Marks, recall: Recall): RowsOf {
  const { index } = month;
  const fire = (position: number): Row => ({
    id: at(index.fires, position).id,
    values: () => ({ ...month.placeOf(position) }),
  });
  const episode = (position: number): Row => {
    const first = at(index.episodes.first, position);
    return { id: at(index.fires, first).episodeId, values: () => ({ ...month.placeOf(first) }) };
  };
  const cluster = (position: number) => episode(at(index.clusters.first, position));
  const pages = (keep: (row: PageRow) => boolean) => month.own.filter(keep).map(pageRow);
  const impacts = (keep: (impact: Recall["impacts"][number]) => boolean) =>
    recall.impacts.filter(keep).map((impact) => ({
      id: impact.id,
      values: () => ({ detector: impact.firstDetector, service: impact.service, severity: impact.severity }),
    }));
  const judged = (): Row[] =>
    [...month.judged]
      .sort((a, b) => a.cluster - b.cluster || (a.rule < b.rule ? -1 : 1))
      .map((unit) => ({ id: cluster(unit.cluster).id, values: () => ({ rule: unit.rule, team: unit.team }) }));
  const lists: Readonly<Record<Figure, () => Row[]>> = {
    fires: () => positions(index.inMonth).map(fire),
    episodes: () => positions(index.episodes.inMonth).map(episode),
    clusters: () => positions(index.clusters.inMonth).map(cluster),
    pages: () => pages(() => true),
    "estimated-pages": () =>
      month.pages.estimated.map(({ id, service, responderId }) => ({
        id,
        values: () => ({ service: service || "unknown", responder: responderId }),
      })),
    interrupts: () => pages(({ opens }) => opens),
    "wake-ups": () => pages(({ wakes }) => wakes),
    "disturbed-nights": () => pages(({ disturbs }) => disturbs),
    storms: () => pages(({ storm }) => storm),
    "noise-cost": () => pages(() => true),
    transient: () => marks.transient.map(fire),
    stale: () => marks.stale.map(fire),
    flapping: () => marks.flapping.map(fire),
    "monitoring-faults": () => marks.faults.map(fire),
    "redundant-pages": () => marks.redundant.map(pageRow),
    orphans: () => marks.orphans.map(pageRow),
    "not-yet-known": () => marks.notYetKnown.map(pageRow),
    judged,
    impacts: () => impacts(() => true),
    detected: () => impacts(({ id }) => recall.detected.has(id)),
    "customer-first": () => impacts(({ firstDetector }) => firstDetector === "customer"),
  };
  return (figure, group = []) => {
    const wanted = (typeof group === "string" ? [group] : group).map(parseGroup);
    const rows = lists[figure]().filter((row) => {
      if (wanted.length === 0) return true;
      const values = row.values();
      return wanted.every(([dimension, value]) => values[dimension] === value);
    });
    return [...new Set(rows.map(({ id }) => id))];
  };
}

function pageRow(row: PageRow): Row {
  const { page, place, clock, person } = row;
  return {
    id: page.id,
    values: () => ({
      ...place,
      responder: page.responderId,
      paged: person?.team || "unknown",
      hour: clock.hourClass,
      cell: `${clock.weekday}-${clock.hour}`,
    }),
  };
}

function parseGroup(group: string): readonly [string, string] {
  const colon = group.indexOf(":");
  return [group.slice(0, colon), group.slice(colon + 1)];
}

function positions({ from, to }: { from: number; to: number }): number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}
