/** Canonical services and the names that sources use for them. */
import { z } from "zod";

export const CatalogService = z.strictObject({
  name: z.string().min(1).max(120),
  /** What support and managers read: `order service`. Defaults to the name with dashes as spaces. */
  displayName: z.string().min(1).max(120).optional(),
  /** Other spellings in logs, traces, metrics and alerts. */
  aliases: z.array(z.string().min(1)).default([]),
  owner: z.string().optional(),
  /** Services that it calls: alerts of neighbours that begin together are one cluster in the noise review. */
  calls: z.array(z.string().min(1)).optional(),
  /** Who acts when this service acts on nobody's behalf. */
  actor: z.enum(["customer", "staff", "service", "job", "system"]).default("service"),
  audience: z.enum(["product", "internal"]).default("product"),
});
export type CatalogService = z.infer<typeof CatalogService>;

export const EnvironmentAlias = z.strictObject({ name: z.string().min(1), aliases: z.array(z.string().min(1)) });
export type EnvironmentAlias = z.infer<typeof EnvironmentAlias>;

/**
 * A plain sentence for roles that may not read raw text. Matches on workflow facts and patterns; the words are fixed,
 * `{service}` is the display name, and `{name}` may stand for a named group of `text` only if the value is listed
 * under `values`, so that no raw text can pass.
 */
export const SentenceRule = z.strictObject({
  service: z.string().optional(),
  kind: z
    .enum(["log", "span", "error", "alert", "deploy", "job-run", "metric-step", "staff-action", "note"])
    .optional(),
  outcome: z.enum(["ok", "warning", "error", "unknown"]).optional(),
  /** RE2, searched in the title and the text. */
  text: z.string().optional(),
  values: z.record(z.string(), z.array(z.string())).default({}),
  say: z.string().min(1).max(300),
  /** Turns a matching log line into a staff action (or another kind) for all roles. */
  as: z.enum(["staff-action", "job-run", "deploy"]).optional(),
});
export type SentenceRule = z.infer<typeof SentenceRule>;
