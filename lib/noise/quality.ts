/** How far the report can be trusted: what was heard, what was assumed, what nobody judged. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { at } from "./at";
import { lengthOf, unionWithin } from "./intervals";
import type { Marks } from "./marks";
import type { Month } from "./prepare-month";
import type { ReviewFacts } from "./review-facts";
import { drawnClusters } from "./verdict-sample";

const HOUR = 3_600_000;

export function measureQuality(month: Month, marks: Marks, facts: ReviewFacts): NoiseReport["quality"] {
  const { index, input, own } = month;
  const counts = { lostResolves: 0, withoutService: 0, withoutOwner: 0, duplicatesMerged: 0, reconstructed: 0 };
  const noService = index.coded.service.names.indexOf("unknown");
  const noOwner = month.owners.names.indexOf("unknown");
  for (let position = index.inMonth.from; position < index.inMonth.to; position += 1) {
    const fire = at(index.fires, position);
    counts.lostResolves += Number(fire.endReason === "expired" || fire.endReason === "source_lost");
    counts.withoutService += Number(at(index.coded.service.codes, position) === noService);
    counts.withoutOwner += Number(at(month.owners.codes, position) === noOwner);
    counts.duplicatesMerged += fire.duplicates;
    counts.reconstructed += Number(fire.reconstructed);
  }
  const judged = new Set(month.judged.map(({ cluster }) => cluster));
  const { from, to } = index.clusters.inMonth;
  const paged = month.pages.rows
    .filter(({ episode }) => episode >= 0)
    .map(({ episode }) => at(index.episodes.clusterOf, episode))
    .filter((cluster) => cluster >= from && cluster < to);
  return {
    coverage: [...new Set(input.sources)].sort().map((source) => {
      const bounds = { from: month.from, to: month.until };
      const gaps = input.coverageGaps
        .filter((gap) => gap.source === source)
        .map((gap) => ({ from: gap.from.getTime(), to: gap.to.getTime() }));
      const ofHours = lengthOf([bounds]) / HOUR;
      return { source, hours: ofHours - lengthOf(unionWithin(gaps, bounds)) / HOUR, ofHours };
    }),
    ...counts,
    clockSkewP95Seconds: facts.clockSkewP95Seconds ?? null,
    zoneAssumed: { pages: own.filter(({ clock }) => clock.assumed).length, of: own.length },
    judged: { clusters: judged.size, of: new Set([...paged, ...judged]).size },
    sample: { judged: drawnClusters(month, true).length, of: drawnClusters(month, false).length },
    notYetKnown: marks.notYetKnown.length,
    estimatedPages: month.pages.estimated.length,
    undelivered: month.pages.undelivered,
  };
}
