/** `/api/v1/key-rules`: how ids are spelled here, where each rule comes from, and a trial of a rule on pasted lines. */
import { z } from "zod";
import { KeyRule } from "@/lib/domain/key-rule";

/** Pasted text of one trial. */
export const MAX_TRIAL_BYTES = 64 * 1024;
export const MAX_TRIAL_LINES = 200;

const atMost = (count: number, of: string) => `expected at most ${String(count)} ${of}`;

/** A rule as it may be made on the page: bounded where the provisioning file is trusted. */
export const KeyRuleDraft = z.strictObject({
  name: z.string().trim().min(1, "expected a name").max(80, atMost(80, "characters")),
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "expected a lower-case word such as order"),
  attributes: z
    .array(z.string().trim().min(1, "expected a name").max(100, atMost(100, "characters")))
    .max(32, atMost(32, "names"))
    .default([]),
  words: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[A-Za-z][A-Za-z -]{1,31}$/, "expected words of 2 to 32 letters"),
    )
    .max(32, atMost(32, "words"))
    .default([]),
  text: z
    .array(z.string().min(1, "expected a pattern").max(512, atMost(512, "characters")))
    .max(16, atMost(16, "patterns"))
    .default([]),
  value: z
    .string()
    .min(1, "expected a pattern")
    .max(512, atMost(512, "characters"))
    .default("[A-Za-z0-9][A-Za-z0-9_.:/-]{1,127}"),
  dropPrefixes: z
    .array(z.string().trim().min(1, "expected a prefix").max(32, atMost(32, "characters")))
    .max(8, atMost(8, "prefixes"))
    .default([]),
  padTo: z
    .array(
      z.number().int("expected a whole number").min(2, "expected 2 to 32 digits").max(32, "expected 2 to 32 digits"),
    )
    .max(4, atMost(4, "widths"))
    .default([]),
  fold: z.enum(["none", "lower", "upper"]).default("none"),
});
export type KeyRuleDraft = z.infer<typeof KeyRuleDraft>;

export const KeyRuleChange = z.strictObject({
  rule: KeyRuleDraft,
  /** The version that was changed; another one is answered with 409. */
  version: z.number().int().min(1),
});
export type KeyRuleChange = z.infer<typeof KeyRuleChange>;

export const KeyRuleView = z.strictObject({
  /** Of rules made on the page; the others cannot be changed here. */
  id: z.string().nullable(),
  rule: KeyRule,
  provenance: z.enum(["built-in", "file", "page"]),
  /** False when a rule of the same name from page or file stands in its place. */
  inForce: z.boolean(),
  /** Where the rule that stands in its place comes from. */
  replacedBy: z.enum(["file", "page"]).nullable(),
  version: z.number().int().nullable(),
  /** ISO 8601 in UTC. */
  updatedAt: z.string().nullable(),
  updatedBy: z.string().nullable(),
});
export type KeyRuleView = z.infer<typeof KeyRuleView>;

export const KeyRuleList = z.strictObject({
  /** By name, then built-in, page, file. */
  rules: z.array(KeyRuleView),
  mayEdit: z.boolean(),
  /** Names of stored rules that this version of the program cannot read. They are not in force. */
  unreadable: z.array(z.strictObject({ id: z.string(), name: z.string(), version: z.number().int() })),
});
export type KeyRuleList = z.infer<typeof KeyRuleList>;

export const KeyRuleTrialWish = z.strictObject({
  rule: KeyRuleDraft,
  /** The name of the rule that the draft is to replace, when it is being renamed. */
  replaces: z.string().max(80).optional(),
  /** Pasted lines: as they stand in the log, one record a line. */
  lines: z
    .string()
    .refine((text) => new TextEncoder().encode(text).length <= MAX_TRIAL_BYTES, "expected at most 64 KiB of text")
    .refine((text) => text.split("\n").length <= MAX_TRIAL_LINES, `expected at most ${String(MAX_TRIAL_LINES)} lines`),
});
export type KeyRuleTrialWish = z.infer<typeof KeyRuleTrialWish>;

const Place = {
  rule: z.string(),
  /** Found or missed by the rule under trial. */
  draft: z.boolean(),
  /** As it stands in the line. */
  raw: z.string(),
  /** After normalisation. */
  value: z.string(),
  /** The path of a JSON or logfmt field, or `text`. */
  at: z.string(),
  /** UTF-16 offsets in the line; null when the value does not stand there as it was read (an escape, a wrapper). */
  start: z.number().int().nullable(),
  end: z.number().int().nullable(),
};

export const KeyRuleFind = z.strictObject({ ...Place, kind: z.string() });
export type KeyRuleFind = z.infer<typeof KeyRuleFind>;
export const KeyRuleMiss = z.strictObject({ ...Place, reason: z.string() });
export type KeyRuleMiss = z.infer<typeof KeyRuleMiss>;

export const KeyRuleTrial = z.strictObject({
  lines: z.array(
    z.strictObject({
      /** From 1. */
      line: z.number().int(),
      finds: z.array(KeyRuleFind),
      /** Places where the rule under trial looked and took nothing. */
      misses: z.array(KeyRuleMiss),
      /** What was not read of the line. */
      note: z.string().nullable(),
    }),
  ),
  linesGiven: z.number().int(),
  /** Fewer than given when the time for one trial was over. */
  linesTried: z.number().int(),
});
export type KeyRuleTrial = z.infer<typeof KeyRuleTrial>;
