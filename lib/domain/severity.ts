/** One severity scale for all sources. */
import { z } from "zod";

export const SEVERITIES = ["unknown", "debug", "info", "warning", "error", "critical"] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

export const OUTCOMES = ["ok", "warning", "error", "unknown"] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;
