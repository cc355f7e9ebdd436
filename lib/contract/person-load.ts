/** What a month of being on call was for one person. */
import { z } from "zod";

const count = z.number().int().min(0);

export const PersonLoad = z.strictObject({
  responder: z.string(),
  name: z.string(),
  team: z.string(),
  onCallHours: z.number(),
  pages: count,
  clusters: count,
  wakeUps: count,
  disturbedNights: count,
  onCallNights: count,
  longestRunOfNights: count,
  outsideShift: count,
  /** Clusters per twelve hours; null below one shift. */
  perShift: z.number().nullable(),
});
export type PersonLoad = z.infer<typeof PersonLoad>;
