/** `2026-10` for any moment of November 2026, by UTC: months of a review are UTC months. Pure. */
export function lastFullMonth(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
