/** Clusters that people are asked to judge, drawn at random, so that not only the annoyed are heard. */
import { createHmac } from "node:crypto";
import { groupBy } from "@/lib/domain/group-by";
import { at } from "./at";
import { type FireIndex, nameOf } from "./index-fires";
import type { PageIndex } from "./index-pages";
import { step, type Steps } from "./steps";

/** One cluster to judge for one rule. */
export interface SampledUnit {
  readonly cluster: number;
  readonly rule: string;
  /** Positions of its episodes that page, by start. */
  readonly episodes: readonly number[];
  /** Of its cluster among those of the team, in the order in which they are drawn. */
  readonly place: number;
  readonly drawn: boolean;
}

/** All that pages in the month, by `unitKey`. */
export type VerdictSample = ReadonlyMap<string, SampledUnit>;

/**
 * Of the clusters of the month that page, those of each team with the smallest HMAC-SHA256 of month and first episode, `size`
 * of them. Everybody gets the same, and who cannot read the key cannot choose what is drawn. While a month runs, a cluster
 * that comes later may take the place of another.
 */
export function* drawSample(
  { month, sampleKey }: { readonly month: string; readonly sampleKey: string },
  index: FireIndex,
  pages: PageIndex,
  isFault: (fire: number) => boolean,
  size: number,
): Steps<VerdictSample> {
  const paging = yield* step(pagingEpisodes(index, pages, isFault));
  const clusters = [...new Set(paging.map((episode) => at(index.episodes.clusterOf, episode)))].map((cluster) => {
    const { id, team } = firstOf(cluster, index);
    return { cluster, team, digest: createHmac("sha256", sampleKey).update(`${month} ${id}`).digest("hex") };
  });
  const places = new Map<number, number>();
  for (const own of groupBy(clusters, ({ team }) => team).values()) {
    own.sort((a, b) => (a.digest < b.digest ? -1 : 1)).forEach(({ cluster }, place) => places.set(cluster, place));
  }
  yield;
  const units = new Map<string, SampledUnit & { readonly episodes: number[] }>();
  for (const episode of paging) {
    const cluster = at(index.episodes.clusterOf, episode);
    const rule = nameOf(index.coded.rule, at(index.episodes.first, episode));
    const key = unitKey(cluster, rule);
    const known = units.get(key);
    if (known !== undefined) {
      known.episodes.push(episode);
      continue;
    }
    const place = places.get(cluster) ?? Infinity;
    units.set(key, { cluster, rule, episodes: [episode], place, drawn: place < size });
  }
  return units;
}

/** What a vote is for. */
export function unitKey(cluster: number, rule: string): string {
  return `${cluster}/${rule}`;
}

/** By start. An episode pages when a page for it was delivered, or its receiver pages and nothing kept it quiet. */
function pagingEpisodes(index: FireIndex, pages: PageIndex, isFault: (fire: number) => boolean): readonly number[] {
  const paged = new Set(pages.rows.map(({ episode }) => episode));
  const { from, to } = index.clusters.inMonth;
  const paging: number[] = [];
  for (let episode = 0; episode < index.episodes.first.length; episode += 1) {
    const cluster = at(index.episodes.clusterOf, episode);
    if (cluster < from || cluster >= to) continue;
    const first = at(index.episodes.first, episode);
    const { route, suppressed } = at(index.fires, first);
    if ((paged.has(episode) || (route === "page" && !suppressed)) && !isFault(first)) paging.push(episode);
  }
  return paging;
}

/** A cluster is its first episode's, and so is its team. */
function firstOf(cluster: number, index: FireIndex): { readonly id: string; readonly team: string } {
  const { episodeId, team } = at(index.fires, at(index.episodes.first, at(index.clusters.first, cluster)));
  return { id: episodeId, team: team || "unknown" };
}

/** Clusters that were drawn, by number; only those that somebody judged for any rule. */
export function drawnClusters(
  { sample, units }: { readonly sample: VerdictSample; readonly units: ReadonlyMap<string, unknown> },
  judged: boolean,
): readonly number[] {
  const drawn = [...sample].filter(([key, unit]) => unit.drawn && (!judged || units.has(key)));
  return [...new Set(drawn.map(([, { cluster }]) => cluster))].sort((a, b) => a - b);
}

/** The first episode of each drawn cluster and rule that has no verdict, as drawn: whoever stops early has a sample too. */
export function episodesToJudge({
  sample,
  units,
  index,
}: {
  readonly sample: VerdictSample;
  readonly units: ReadonlyMap<string, unknown>;
  readonly index: FireIndex;
}): readonly string[] {
  return [...sample]
    .filter(([key, { drawn }]) => drawn && !units.has(key))
    .map(([, { place, episodes }]) => ({ place, first: at(episodes, 0) }))
    .sort((a, b) => a.place - b.place || a.first - b.first)
    .map(({ first }) => at(index.fires, at(index.episodes.first, first)).episodeId);
}
