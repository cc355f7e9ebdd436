/** The rows behind each figure, so that a number can be opened and counted. */
import { pairKey } from "@/lib/contract/cofiring";
import type { Figure, NoiseReport, RuleLine } from "@/lib/contract/noise-report";
import { at } from "./at";
import { createTogether } from "./cofiring";
import { notifyingEpisodes } from "./estimate-pages";
import type { PageRow } from "./index-pages";
import type { Marks } from "./marks";
import type { Month } from "./prepare-month";
import type { Recall } from "./recall";
import { drawnClusters } from "./verdict-sample";
import type { WeakLabel } from "./weak-labels";

/** Values of the dimensions that a kind of row has, by the name of the dimension. */
type Values = Readonly<Record<string, string | readonly string[]>>;
interface Row {
  readonly id: string;
  readonly values: () => Values;
}

/**
 * Ids of the rows of a figure, in order of time: of fires (`fires`, `transient`, `stale`, `flapping`,
 * `ended-…`, `monitoring-faults`), of episodes (a cluster by its first), of impacts, else of pages (an interrupt, a wake-up, a
 * night and a storm by the page that began it).
 * A group is `rule:…`, `service:…`, `team:…`, `owner:…`, `severity:…`, `receiver:…`; of pages also `responder:…`,
 * `paged:…` (the team of the person), `hour:sleep`, `cell:1-23` (weekday and hour), `watches:…` and `breach:…` (of the
 * rule); of impacts `detector:…`; of what fires together `pair:…` (both rules). Of several, all must hold. A group that the
 * rows do not have holds nothing.
 */
export type RowsOf = (figure: Figure, group?: string | readonly string[]) => readonly string[];

export function createRows(
  month: Month,
  marks: Marks,
  recall: Recall,
  { cofiring, rules }: Pick<NoiseReport, "cofiring" | "rules">,
): RowsOf {
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
  const lines = new Map(rules.map((line) => [line.rule, line]));
  const page = (row: PageRow) => pageRow(row, lines.get(row.place.rule));
  const pages = (keep: (row: PageRow) => boolean) => month.own.filter(keep).map(page);
  const impacts = (keep: (impact: Recall["impacts"][number]) => boolean) =>
    recall.impacts.filter(keep).map((impact) => ({
      id: impact.id,
      values: () => ({ detector: impact.firstDetector, service: impact.service, severity: impact.severity }),
    }));
  const judged = (): Row[] =>
    [...month.judged]
      .sort((a, b) => a.cluster - b.cluster || (a.rule < b.rule ? -1 : 1))
      .map((unit) => ({ id: cluster(unit.cluster).id, values: () => ({ rule: unit.rule, team: unit.team }) }));
  const weak = (keep: (label: WeakLabel) => boolean) =>
    marks.weak
      .filter(keep)
      .map(({ unit }) => at(unit.episodes, 0))
      .sort((a, b) => a - b)
      .map(episode);
  const lists: Readonly<Record<Figure, () => Row[]>> = {
    fires: () => positions(index.inMonth).map(fire),
    episodes: () => positions(index.episodes.inMonth).map(episode),
    clusters: () => positions(index.clusters.inMonth).map(cluster),
    pages: () => pages(() => true),
    "estimated-pages": () =>
      month.pages.estimated.map(({ id, service, responderId, episodeId }) => {
        const known = index.episodes.byId.get(episodeId ?? "");
        const place = known === undefined ? { service: service || "unknown" } : episode(known).values();
        return { id, values: () => ({ ...place, responder: responderId }) };
      }),
    "estimated-notifications": () => notifyingEpisodes(month).map(episode),
    interrupts: () => pages(({ opens }) => opens),
    "wake-ups": () => pages(({ wakes }) => wakes),
    "disturbed-nights": () => pages(({ disturbs }) => disturbs),
    storms: () => pages(({ storm }) => storm),
    together: () => {
      const together = createTogether(index);
      return cofiring.flatMap(({ a, b }) =>
        together(a, b).map((position) => {
          const row = episode(position);
          return { ...row, values: () => ({ ...row.values(), pair: pairKey(a, b) }) };
        }),
      );
    },
    "noise-cost": () => pages(() => true),
    transient: () => marks.transient.map(fire),
    stale: () => marks.stale.map(fire),
    "ended-after-act": () => marks.endings["after-act"].map(fire),
    "ended-alone": () => marks.endings.alone.map(fire),
    "ending-not-known": () => marks.endings["not-known"].map(fire),
    flapping: () => marks.flapping.map(fire),
    "monitoring-faults": () => marks.faults.map(fire),
    "redundant-pages": () => marks.redundant.map(page),
    orphans: () => marks.orphans.map(page),
    "not-yet-known": () => marks.notYetKnown.map(page),
    judged,
    "weak-actionable": () => weak(({ label }) => label === "actionable"),
    "weak-noise": () => weak(({ label }) => label === "noise"),
    "weak-compared": () => weak(({ agrees }) => agrees !== null),
    sampled: () => drawnClusters(month, false).map(cluster),
    "sample-judged": () => drawnClusters(month, true).map(cluster),
    impacts: () => impacts(() => true),
    detected: () => impacts(({ id }) => recall.detected.has(id)),
    "customer-first": () => impacts(({ firstDetector }) => firstDetector === "customer"),
  };
  return (figure, group = []) => {
    const wanted = (typeof group === "string" ? [group] : group).map(parseGroup);
    const rows = lists[figure]().filter((row) => {
      if (wanted.length === 0) return true;
      const values = row.values();
      return wanted.every(([dimension, value]) => [values[dimension]].flat().includes(value));
    });
    return [...new Set(rows.map(({ id }) => id))];
  };
}

function pageRow(row: PageRow, line: RuleLine | undefined): Row {
  const { page, place, clock, person } = row;
  return {
    id: page.id,
    values: () => ({
      ...place,
      responder: page.responderId,
      paged: person?.team || "unknown",
      hour: clock.hourClass,
      watches: line?.watches?.class ?? "other",
      breach: line?.lint ?? [],
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
