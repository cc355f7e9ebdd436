/** Round moments for the ruler above a waterfall. Pure. */
export interface TimeWindowUs {
  readonly fromUs: number;
  readonly toUs: number;
}

interface Tick {
  readonly atUs: number;
  readonly label: string;
}

const MINUTE_US = 60_000_000;
const UNITS = [
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

/** Above a second people count in sixties. */
const LONG_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];

function roundStep(leastUs: number): number {
  const longS = LONG_STEPS_S.find((step) => step * 1_000_000 >= leastUs);
  if (leastUs > 500_000 && longS !== undefined) return longS * 1_000_000;
  const power = 10 ** Math.floor(Math.log10(leastUs));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= leastUs * 0.999_999) ?? 10);
}

function labelOf(us: number, stepUs: number, largestUs: number): string {
  if (us === 0) return "0";
  if (largestUs >= MINUTE_US) return clockOf(us, stepUs);
  const unit = UNITS.find((one) => largestUs >= one.us) ?? { us: 0.001, name: "ns" };
  const digits = Math.max(0, Math.ceil(-Math.log10(stepUs / unit.us) - 1e-9));
  return `${(us / unit.us).toFixed(Math.min(9, digits))} ${unit.name}`;
}

/** `2:30`, `1:02:30`, `2:30.25`. */
function clockOf(us: number, stepUs: number): string {
  const digits = stepUs >= 1_000_000 ? 0 : Math.min(9, Math.ceil(-Math.log10(stepUs / 1_000_000) - 1e-9));
  const hours = Math.floor(us / (60 * MINUTE_US));
  const minutes = Math.floor(us / MINUTE_US) % 60;
  const seconds = ((us % MINUTE_US) / 1_000_000).toFixed(digits).padStart(digits === 0 ? 2 : digits + 3, "0");
  return hours > 0
    ? `${String(hours)}:${String(minutes).padStart(2, "0")}:${seconds}`
    : `${String(minutes)}:${seconds}`;
}
