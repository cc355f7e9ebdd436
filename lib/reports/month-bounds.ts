/** A review covers a UTC month, half-open. Pure. */
export interface MonthBounds {
  readonly month: string;
  readonly from: Date;
  readonly to: Date;
}

/** `2026-10` and how many months later. */
export function monthBounds(month: string, later = 0): MonthBounds {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const from = new Date(Date.UTC(year, number - 1 + later, 1));
  return { month: from.toISOString().slice(0, 7), from, to: new Date(Date.UTC(year, number + later, 1)) };
}
