/** `GET /api/v1/alerts/rules`: one line per rule in a range, those that fired most first. */
import { z } from "zod";
import { RuleSummary } from "./alerts";

export const AlertRules = z.strictObject({
  rules: z.array(RuleSummary),
  /** Bounds of the range; a density strip has one number per day of it. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Of all rules that fired, as far as the role may know of them. */
  total: z.number().int().min(0),
});
export type AlertRules = z.infer<typeof AlertRules>;
