/** Rules that fire together, in pairs and in groups. Definitions: docs/noise-definitions.md. */
import { z } from "zod";

const count = z.number().int().min(0);

export const CofiringPair = z.strictObject({
  a: z.string(),
  b: z.string(),
  together: count,
  expected: z.number(),
  lift: z.number(),
  share: z.number(),
  p: z.number(),
  /** Median of b's start after a's, and its quartiles, seconds. */
  lagSeconds: z.number(),
  lagLow: z.number(),
  lagHigh: z.number(),
});
export type CofiringPair = z.infer<typeof CofiringPair>;

/** What the rows of a pair are asked by: `pair:` and this. */
export function pairKey(a: string, b: string): string {
  return `${a} + ${b}`;
}

/** Rules of the pairs by average linkage. */
export const CofiringGroups = z.strictObject({
  groups: z.array(
    z.strictObject({
      rules: z.array(z.string()).min(2),
      /** Whichever starts first; null when none does. */
      lead: z.string().nullable(),
      /** Mean share of all pairs in it; one that is no pair counts as nothing. */
      share: z.number(),
    }),
  ),
  /** Rules that were compared, of all that pair. */
  rules: count,
  of: count,
});
export type CofiringGroups = z.infer<typeof CofiringGroups>;
