/** What recorded acts suggest of a page where nobody said anything. Stands beside verdicts and is never counted as one. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { at } from "./at";
import { known, notKnown, wilson } from "./estimates";
import { isAbout } from "./impact-pages";
import type { PageRow } from "./index-pages";
import { judgeOrphan } from "./orphans";
import type { Month } from "./prepare-month";
import type { SampledUnit } from "./verdict-sample";
import { groupBy } from "@/lib/domain/group-by";

export interface WeakLabel {
  readonly unit: SampledUnit;
  readonly label: "actionable" | "noise";
  /** Share of the people's votes that say the same; null where nobody voted. */
  readonly agrees: number | null;
}

/**
 * `actionable`: an incident is linked to it, or one of its pages was about a recorded impact on customers. `noise`: else, when
 * it paged, each of its pages is an orphan and each of its fires transient. Verdicts have no part in either, so that they can
 * be compared; nothing else has a label.
 */
export function labelWeakly(month: Month, transient: readonly number[]): readonly WeakLabel[] {
  const pages = groupBy(
    month.own.filter(({ episode }) => episode >= 0),
    ({ episode }) => episode,
  );
  const passing = episodesThatPassed(month, transient);
  const impacts = month.input.impacts.map((impact) => isAbout(impact, month));
  return [...month.sample].flatMap(([key, unit]): WeakLabel[] => {
    const own = unit.episodes.flatMap((episode) => pages.get(episode) ?? []);
    const isReal =
      unit.episodes.some((episode) => isLinked(episode, month)) ||
      own.some((row) => impacts.some((about) => about(row)));
    const isIdle = own.length > 0 && unit.episodes.every(passing) && own.every((row) => isOrphan(row, month));
    if (!isReal && !isIdle) return [];
    const label = isReal ? "actionable" : "noise";
    const votes = month.units.get(key)?.votes;
    const worth = votes?.actionable ?? 0;
    return [{ unit, label, agrees: votes === undefined ? null : isReal ? worth : 1 - worth }];
  });
}

export function summariseWeak(labels: readonly WeakLabel[], few: number): NonNullable<NoiseReport["weak"]> {
  const compared = labels.flatMap(({ agrees }) => (agrees === null ? [] : [agrees]));
  const agreeing = compared.reduce((sum, one) => sum + one, 0);
  const n = compared.length;
  const { low, high } = n === 0 ? { low: 0, high: 0 } : wilson(agreeing, n);
  return {
    actionable: labels.filter(({ label }) => label === "actionable").length,
    noise: labels.filter(({ label }) => label === "noise").length,
    agreement:
      n < few
        ? notKnown(`too few with a verdict (${String(+agreeing.toFixed(2))} of ${String(n)} agree)`, n)
        : known(agreeing / n, low, high, n),
  };
}

function isLinked(episode: number, { index, evidence }: Month): boolean {
  const acts = evidence.ofEpisode.get(at(index.fires, at(index.episodes.first, episode)).episodeId);
  return acts?.some(({ kind }) => kind === "incident-link") === true;
}

/** Without what people said of it: that is what the label is compared with. */
function isOrphan(row: PageRow, { index, evidence, watermark, settings }: Month): boolean {
  const maturity = settings.maturityHours * 3_600_000;
  return judgeOrphan(row, index, evidence, new Set(), watermark, maturity) === "orphan";
}

/** Whether all fires of an episode were transient. */
function episodesThatPassed({ index }: Month, transient: readonly number[]): (episode: number) => boolean {
  const left = new Int32Array(index.episodes.first.length);
  for (const episode of index.episodeOf) left[episode] = at(left, episode) + 1;
  for (const fire of transient) left[at(index.episodeOf, fire)] = at(left, at(index.episodeOf, fire)) - 1;
  return (episode) => at(left, episode) === 0;
}
