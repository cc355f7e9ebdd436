/** The whole provisioning file `throughline.yaml`. Everything has a default, so an empty file is valid. */
import { z } from "zod";
import { WebhookSettings } from "./alert-hook";
import { AlertSettings } from "./alert-settings";
import { ExpansionRule, KeyRule } from "./key-rule";
import { NoiseSettings } from "./noise-settings";
import { PolicyDocument } from "./policy";
import { FieldClass, Role } from "./role";
import { CatalogService, EnvironmentAlias, SentenceRule } from "./service-catalog";
import { SourceSettings } from "./source-settings";

export const Limits = z.strictObject({
  /** Whole question, seconds. */
  totalSeconds: z.number().positive().max(120).default(10),
  /** One fetch from one source, seconds. */
  sourceSeconds: z.number().positive().max(60).default(5),
  rowsPerFetch: z.number().int().positive().max(50_000).default(5_000),
  bytesPerFetch: z
    .number()
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  /** How many joins away from the seed a question may go. */
  hops: z.number().int().min(0).max(6).default(3),
  /** Fetches per question over all sources. */
  steps: z.number().int().positive().default(200),
  tracesPerQuestion: z.number().int().positive().default(40),
  /** More neighbours of one kind than this make a key or a trace a hub. */
  hubDegree: z.number().int().positive().default(25),
});
export type Limits = z.infer<typeof Limits>;

export const OidcSettings = z.strictObject({
  /** Claim that lists groups. */
  groupsClaim: z.string().default("groups"),
  /** Claim that lists teams by the names that the service catalogue uses. */
  teamsClaim: z.string().min(1).optional(),
  /**
   * First match is the role to start in; a person with no match is refused. `teams` belong to whoever is in the group.
   * Roles may be those of your policy.
   */
  roles: z
    .array(
      z.strictObject({ group: z.string(), role: Role, teams: z.array(z.string().trim().min(1).max(200)).optional() }),
    )
    .default([]),
});
export type OidcSettings = z.infer<typeof OidcSettings>;

export const Configuration = z.strictObject({
  sources: z.array(SourceSettings).default([]),
  services: z.array(CatalogService).default([]),
  /** Beside the owners of services: names of teams that may be read where the person may not. */
  teams: z.array(z.string().trim().min(1).max(200)).default([]),
  environments: z.array(EnvironmentAlias).default([
    { name: "production", aliases: ["prod", "prd", "live"] },
    { name: "staging", aliases: ["stage", "stg"] },
    { name: "development", aliases: ["dev"] },
  ]),
  /** Added to the built-in rules; a rule of the same name replaces the built-in one. */
  keys: z.array(KeyRule).default([]),
  /** Added to the built-in rules; the same from/to pair replaces the built-in one. */
  expansion: z.array(ExpansionRule).default([]),
  sentences: z.array(SentenceRule).default([]),
  /** Attribute path (or `prefix.*`) to field class, added to the built-in catalogue. */
  fields: z.record(z.string(), FieldClass).default({}),
  /** Who may see what. Present: it is the policy, and the page cannot change it. */
  policy: PolicyDocument.optional(),
  limits: Limits.prefault({}),
  oidc: OidcSettings.prefault({}),
  /** Paths that alerts may be sent to, beside those made on the page. */
  webhooks: z.array(WebhookSettings).default([]),
  alerts: AlertSettings.prefault({}),
  /** The numbers in the definitions of the noise review. */
  noise: NoiseSettings.prefault({}),
});
export type Configuration = z.infer<typeof Configuration>;
