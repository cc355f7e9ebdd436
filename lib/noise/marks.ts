/** Things said of single fires and pages, found once for the totals, the lines of rules and the rows behind both. */
import { at } from "./at";
import { type Endings, sortByEnding } from "./endings";
import { findFlappingFires } from "./flapping";
import type { PageRow } from "./index-pages";
import { groupOf } from "./evidence";
import { judgeOrphan } from "./orphans";
import { unitKey } from "./verdict-sample";
import type { Month } from "./prepare-month";
import { step, type Steps } from "./steps";
import { isStale, isTransient } from "./transient";
import { labelWeakly, type WeakLabel } from "./weak-labels";
import { groupBy } from "@/lib/domain/group-by";

export interface Marks {
  /** Positions of fires of the month. */
  readonly transient: readonly number[];
  readonly stale: readonly number[];
  readonly flapping: readonly number[];
  readonly faults: readonly number[];
  readonly endings: Endings;
  readonly weak: readonly WeakLabel[];
  readonly redundant: readonly PageRow[];
  readonly orphans: readonly PageRow[];
  readonly notYetKnown: readonly PageRow[];
}

export function* markMonth(month: Month): Steps<Marks> {
  const { index, evidence, settings } = month;
  const transient: number[] = [];
  const stale: number[] = [];
  const faults: number[] = [];
  for (let position = index.inMonth.from; position < index.inMonth.to; position += 1) {
    const fire = at(index.fires, position);
    if (isTransient(fire, evidence, settings.transientMinutes * 60_000)) transient.push(position);
    if (isStale(fire, month.watermark, settings.staleHours * 3_600_000)) stale.push(position);
    if (month.isFault(position)) faults.push(position);
  }
  yield;
  const flapping = yield* findFlappingFires(index);
  const vindicated = vindicatedGroups(month);
  const maturity = settings.maturityHours * 3_600_000;
  const fates = groupBy(month.own, (row) => judgeOrphan(row, index, evidence, vindicated, month.watermark, maturity));
  return {
    transient,
    stale,
    flapping,
    faults,
    endings: yield* step(sortByEnding(month)),
    weak: yield* step(labelWeakly(month, transient)),
    redundant: month.own.filter(({ redundant }) => redundant),
    orphans: fates.get("orphan") ?? [],
    notYetKnown: fates.get("not-yet-known") ?? [],
  };
}

/** Alert groups whose unit was called actionable or a duplicate by anybody. */
function vindicatedGroups(month: Month): Set<string> {
  const groups = new Set<string>();
  for (const row of month.own) {
    if (row.episode < 0) continue;
    const unit = month.units.get(unitKey(at(month.index.episodes.clusterOf, row.episode), row.place.rule));
    if ((unit?.votes.actionable ?? 0) + (unit?.votes.duplicate ?? 0) > 0) groups.add(groupOf(row));
  }
  return groups;
}
