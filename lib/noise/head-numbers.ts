/** The five numbers at the head of a report. */
import type { Estimate, HeadNumber } from "@/lib/contract/noise-report";
import { changeOf, dispersion, known, notKnown, rateRatio } from "./estimates";
import type { Month } from "./prepare-month";
import type { Recall } from "./recall";
import type { ShiftLoad } from "./shift-load";

const DAY = 86_400_000;

export interface Measures {
  readonly month: Month;
  readonly load: ShiftLoad;
  readonly recall: Recall;
}

export function measureHead(now: Measures, before: Measures | null): HeadNumber[] {
  const sleep = `${hour(now.month.settings.sleepFromHour)} to ${hour(now.month.settings.sleepToHour)}`;
  return [
    {
      id: "wake-ups",
      title: "Wake-ups",
      definition: `Interrupts from ${sleep} on the person's own clock, ${now.month.settings.wakeUpMinutes} minutes or more after the wake-up before.`,
      unit: "wake-ups",
      ...compare(now, before, wakeUps, wakeUpRatio),
      figure: "wake-ups",
    },
    {
      id: "shift-load",
      title: "Incidents in a shift",
      definition: "Clusters that paged a person, by twelve hours on call.",
      unit: "clusters per 12 h",
      ...compare(now, before, ({ load }) => load.perShift, shiftRatio),
      figure: null,
    },
    {
      id: "noise-hours",
      title: "Hours lost to noise",
      definition: "Person-hours of all pages, each times the probability that it was for nothing.",
      unit: "person-hours",
      ...compare(now, before, noiseHours, () => null),
      figure: "noise-cost",
    },
    {
      id: "recall",
      title: "Impacts that a page told first",
      definition: "Hits to customers with a delivered page before anybody was aware, of all that are recorded.",
      unit: "share",
      ...compare(
        now,
        before,
        ({ recall }) => recall.figures.recall,
        () => null,
      ),
      figure: "detected",
    },
    {
      id: "customer-first",
      title: "Impacts that a customer told first",
      definition: "Of the recorded hits to customers whose first witness is known.",
      unit: "share",
      ...compare(
        now,
        before,
        ({ recall }) => recall.figures.customerFirst,
        () => null,
      ),
      figure: "customer-first",
    },
  ];
}

type Ratio = (now: Measures, before: Measures) => Estimate | null;

function compare(now: Measures, before: Measures | null, of: (measures: Measures) => Estimate, ratioOf: Ratio) {
  const estimate = of(now);
  const old = before === null ? null : of(before);
  const ratio = before === null ? null : ratioOf(now, before);
  const change = ratio === null ? compareIntervals(old, estimate) : changeOf(ratio);
  return { estimate, before: old, ratio, change };
}

/** A change is only said when the two intervals do not touch: stricter than a test of the difference. */
function compareIntervals(old: Estimate | null, now: Estimate): HeadNumber["change"] {
  if (old === null || old.low === null || old.high === null || now.low === null || now.high === null) {
    return "not-known";
  }
  return now.high < old.low ? "lower" : now.low > old.high ? "higher" : "no-clear-change";
}

function wakeUps({ month }: Measures): Estimate {
  if (month.pages.rows.length === 0) {
    const estimated = month.pages.estimated.length > 0 ? "; pages are only estimated" : "";
    return notKnown(`no pager has told of a page${estimated}`);
  }
  return known(month.own.filter(({ wakes }) => wakes).length, null, null, month.own.length);
}

function wakeUpRatio(now: Measures, before: Measures): Estimate | null {
  if (wakeUps(now).value === null || wakeUps(before).value === null) return null;
  const count = ({ month }: Measures) => {
    const days = new Array<number>(Math.max(1, Math.ceil((month.until - month.from) / DAY))).fill(0);
    for (const row of month.own) {
      const day = Math.floor((row.at - month.from) / DAY);
      if (row.wakes && day < days.length) days[day] = (days[day] ?? 0) + 1;
    }
    return days;
  };
  const [days, old] = [count(now), count(before)];
  const total = (list: number[]) => list.reduce((sum, one) => sum + one, 0);
  return rateRatio(
    { count: total(old), exposure: before.month.until - before.month.from },
    { count: total(days), exposure: now.month.until - now.month.from },
    Math.max(dispersion(days), dispersion(old)),
  );
}

function shiftRatio(now: Measures, before: Measures): Estimate | null {
  if (now.load.perShift.value === null || before.load.perShift.value === null) return null;
  return rateRatio(
    { count: before.load.perShift.n, exposure: before.load.onCallHours },
    { count: now.load.perShift.n, exposure: now.load.onCallHours },
    1,
  );
}

function noiseHours({ month }: Measures): Estimate {
  if (month.pages.rows.length === 0) return notKnown("no pager has told of a page");
  if (month.judged.length === 0) return notKnown("nobody has judged an alert of this month", month.own.length);
  const sum = { noise: 0, noiseLow: 0, noiseHigh: 0 };
  for (const priced of month.priced.values()) {
    sum.noise += priced.noise / 60;
    sum.noiseLow += priced.noiseLow / 60;
    sum.noiseHigh += priced.noiseHigh / 60;
  }
  return known(sum.noise, sum.noiseLow, sum.noiseHigh, month.own.length);
}

function hour(of: number): string {
  return `${String(of).padStart(2, "0")}:00`;
}
