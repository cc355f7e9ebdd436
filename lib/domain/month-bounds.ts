/** Months of reviews and counts are UTC months, half-open. Pure. */
export interface MonthBounds {
  readonly month: string;
  readonly from: Date;
  readonly to: Date;
}

/** `2026-10` and how many months later. */
export function monthBounds(month: string, later = 0): MonthBounds {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const from = new Date(Date.UTC(year, number - 1 + later, 1));
  return { month: monthOf(from), from, to: new Date(Date.UTC(year, number + later, 1)) };
}

/** `2026-10` for any moment of October 2026. */
export function monthOf(instant: Date): string {
  return instant.toISOString().slice(0, 7);
}
