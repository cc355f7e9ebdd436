/** Where no pager told of pages: notifications to receivers that page, and these times whoever was on call. In no total. */
import { z } from "zod";

const count = z.number().int().min(0);

export const EstimatedPages = z.strictObject({
  receivers: z.array(z.strictObject({ receiver: z.string(), notifications: count, pages: count })),
  scheduleKnown: z.boolean(),
});
