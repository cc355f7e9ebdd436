/** Everything that more than one measure reads, worked out once. */
import type { NoiseInput } from "@/lib/domain/noise-input";
import type { NoiseSettings } from "@/lib/domain/noise-settings";
import { at } from "./at";
import { type Evidence, gatherEvidence } from "./evidence";
import { type Coded, type FireIndex, indexFires, nameOf } from "./index-fires";
import { indexPages, type PageIndex, type PageRow, type Place } from "./index-pages";
import { pricePages, type PricedPage } from "./noise-cost";
import { judgeUnits, type JudgedUnit } from "./judged-units";
import { createPriors, type Prior } from "./precision";
import { step, type Steps } from "./steps";
import { drawSample, type VerdictSample } from "./verdict-sample";

export interface Month {
  readonly input: Omit<NoiseInput, "before">;
  readonly settings: NoiseSettings;
  readonly from: number;
  /** Where knowledge of the month ends: its end, or the watermark when that is earlier. */
  readonly until: number;
  readonly watermark: number;
  readonly index: FireIndex;
  readonly pages: PageIndex;
  /** Delivered pages of the month. */
  readonly own: readonly PageRow[];
  readonly evidence: Evidence;
  readonly sample: VerdictSample;
  readonly units: ReadonlyMap<string, JudgedUnit>;
  /** Judged units of the month that tell of rules. */
  readonly judged: readonly JudgedUnit[];
  readonly priorWorth: (team: string) => Prior;
  readonly priorReal: (team: string) => Prior;
  readonly priced: ReadonlyMap<PageRow, PricedPage>;
  readonly owners: Coded;
  readonly placeOf: (fire: number) => Place;
  readonly isFault: (fire: number) => boolean;
}

export function* prepareMonth(input: Omit<NoiseInput, "before">, settings: NoiseSettings): Steps<Month> {
  const index = yield* indexFires(input, settings);
  const owners = yield* step(codeOwners(input, index));
  const { rule, service, team, severity, receiver } = index.coded;
  const placeOf = (fire: number): Place => ({
    rule: nameOf(rule, fire),
    service: nameOf(service, fire),
    team: nameOf(team, fire),
    owner: nameOf(owners, fire),
    severity: nameOf(severity, fire),
    receiver: nameOf(receiver, fire),
  });
  const isFault = (fire: number) =>
    at(index.fires, fire).monitoringFault || at(index.fires, fire).endReason === "expired";
  const pages = yield* step(indexPages(input, index, placeOf, settings));
  const own = pages.rows.filter(({ inMonth }) => inMonth);
  const sample = yield* drawSample(input, index, pages, isFault, settings.sampleSize);
  const units = judgeUnits(input.verdicts, index, isFault, sample);
  const judged = [...units.values()].filter((unit) => unit.inMonth && !unit.fault);
  const priorWorth = createPriors(judged, ({ worth }) => worth, settings.priorStrength);
  const watermark = input.watermark.getTime();
  return {
    input,
    settings,
    from: input.from.getTime(),
    until: Math.max(input.from.getTime(), Math.min(input.to.getTime(), watermark)),
    watermark,
    index,
    pages,
    own,
    evidence: gatherEvidence(input, pages),
    sample,
    units,
    judged,
    priorWorth,
    priorReal: createPriors(judged, ({ real }) => real, settings.priorStrength),
    priced: pricePages(own, index, units, judged, priorWorth, settings),
    owners,
    placeOf,
    isFault,
  };
}

function codeOwners(input: Omit<NoiseInput, "before">, index: FireIndex): Coded {
  const owners = new Map(input.rules.map(({ rule, owner }) => [rule, owner]));
  const names = [...new Set(index.coded.rule.names.map((rule) => owners.get(rule) || "unknown"))];
  const ofRule = index.coded.rule.names.map((rule) => names.indexOf(owners.get(rule) || "unknown"));
  return { codes: index.coded.rule.codes.map((rule) => at(ofRule, rule)), names };
}
