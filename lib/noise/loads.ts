/** Counts by one dimension. Each thing has one value, so that the lines of every dimension add up to the total. */
import type { BreakdownLine } from "@/lib/contract/noise-report";
import { at } from "./at";
import type { Coded } from "./index-fires";
import type { Place } from "./index-pages";
import type { Month } from "./prepare-month";

export type Dimension = keyof Place;

export type Load = { -readonly [Key in keyof Omit<BreakdownLine, "key">]: number };

export function emptyLoad(): Load {
  return {
    fires: 0,
    episodes: 0,
    clusters: 0,
    pages: 0,
    interrupts: 0,
    wakeUps: 0,
    costMinutes: 0,
    noiseMinutes: 0,
  };
}

/** An episode counts where its first fire does, a cluster where its first episode does, an interrupt where its first page does. */
export function loadsBy(month: Month, dimension: Dimension): Map<string, Load> {
  const { index, own, priced } = month;
  const loads = new Map<string, Load>();
  const of = (key: string) => {
    let load = loads.get(key);
    if (load === undefined) loads.set(key, (load = emptyLoad()));
    return load;
  };
  const { codes, names } = codedBy(month, dimension);
  const fires = new Int32Array(names.length);
  const episodes = new Int32Array(names.length);
  const clusters = new Int32Array(names.length);
  const count = (counts: Int32Array, fire: number) => {
    const code = at(codes, fire);
    counts[code] = at(counts, code) + 1;
  };
  const { first, inMonth } = index.episodes;
  for (let fire = index.inMonth.from; fire < index.inMonth.to; fire += 1) count(fires, fire);
  for (let one = inMonth.from; one < inMonth.to; one += 1) count(episodes, at(first, one));
  for (let one = index.clusters.inMonth.from; one < index.clusters.inMonth.to; one += 1) {
    count(clusters, at(first, at(index.clusters.first, one)));
  }
  names.forEach((name, code) => {
    const counts = { fires: at(fires, code), episodes: at(episodes, code), clusters: at(clusters, code) };
    if (counts.fires > 0) Object.assign(of(name), counts);
  });
  for (const row of own) {
    const load = of(row.place[dimension]);
    load.pages += 1;
    load.interrupts += Number(row.opens);
    load.wakeUps += Number(row.wakes);
    load.costMinutes += priced.get(row)?.cost ?? 0;
    load.noiseMinutes += priced.get(row)?.noise ?? 0;
  }
  return loads;
}

/** The values of one dimension; the owner of a fire is that of its rule. */
export function codedBy(month: Month, dimension: Dimension): Coded {
  return dimension === "owner" ? month.owners : month.index.coded[dimension];
}

/** Dearest noise first. */
export function breakdown(month: Month, dimension: Dimension): BreakdownLine[] {
  return [...loadsBy(month, dimension)]
    .map(([key, load]) => ({ key, ...load }))
    .sort(
      (a, b) => b.noiseMinutes - a.noiseMinutes || b.pages - a.pages || b.fires - a.fires || (a.key < b.key ? -1 : 1),
    );
}

export function sumLoads(loads: Iterable<Load>): Load {
  const sum = emptyLoad();
  for (const load of loads) {
    for (const key of Object.keys(sum) as (keyof Load)[]) sum[key] += load[key];
  }
  return sum;
}
