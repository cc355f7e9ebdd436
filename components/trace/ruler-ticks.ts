/** Round moments for the ruler above a waterfall. Pure. */
export interface TimeWindowUs {
  readonly fromUs: number;
  readonly toUs: number;
}

interface Tick {
  readonly atUs: number;
  readonly label: string;
}

const UNITS = [
  { us: 3_600_000_000, name: "h" },
  { us: 60_000_000, name: "min" },
  { us: 1_000_000, name: "s" },
  { us: 1000, name: "ms" },
  { us: 1, name: "µs" },
  { us: 0.001, name: "ns" },
] as const;

/** At most `most` ticks, steps of 1, 2 or 5; labels as exact as the step needs, so that no two are equal. */
export function rulerTicks({ fromUs, toUs }: TimeWindowUs, most: number): Tick[] {
  const widthUs = toUs - fromUs;
  if (!(widthUs > 0)) return [{ atUs: fromUs, label: labelOf(fromUs, 1, 1) }];
  const stepUs = roundStep(widthUs / most);
  const ticks: Tick[] = [];
  for (let n = Math.ceil(fromUs / stepUs); n * stepUs <= toUs && ticks.length <= most; n++) {
    ticks.push({ atUs: n * stepUs, label: labelOf(n * stepUs, stepUs, toUs) });
  }
  return ticks;
}

function roundStep(leastUs: number): number {
  const power = 10 ** Math.floor(Math.log10(leastUs));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= leastUs * 0.999_999) ?? 10);
}

function labelOf(us: number, stepUs: number, largestUs: number): string {
  if (us === 0) return "0";
  const unit = UNITS.find((one) => largestUs >= one.us) ?? { us: 0.001, name: "ns" };
  const digits = Math.max(0, Math.ceil(-Math.log10(stepUs / unit.us) - 1e-9));
  return `${(us / unit.us).toFixed(Math.min(9, digits))} ${unit.name}`;
}
