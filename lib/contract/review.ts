/** A month's review as it crosses to browsers and scripts: the measures, what was decided, who signed. */
import { z } from "zod";
import { FIRST_DETECTORS } from "@/lib/domain/on-call";
import { Estimate, Figure, NoiseReport } from "./noise-report";

const count = z.number().int().min(0);
const instant = z.iso.datetime();
export const ReviewMonth = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, "expected a month, such as 2026-10");

export const DECISION_KINDS = ["keep", "tune", "route", "delete", "invest"] as const;
export const DecisionKind = z.enum(DECISION_KINDS);
export type DecisionKind = z.infer<typeof DecisionKind>;

/** What a decision should bring in 30 days, by the words of whoever decided. Negative numbers save. */
export const ExpectedEffect = z.strictObject({
  pages: z.number().nullable().default(null),
  wakeUps: z.number().nullable().default(null),
  personMinutes: z.number().nullable().default(null),
  words: z.string().trim().max(300).default(""),
});
export type ExpectedEffect = z.infer<typeof ExpectedEffect>;

export const NewDecision = z.strictObject({
  rule: z.string().min(1).max(300),
  kind: DecisionKind,
  /** Empty only where nobody owns the rule; such a rule cannot be kept. */
  owner: z.string().trim().max(120),
  dueOn: z.iso.date(),
  why: z.string().trim().min(3).max(500),
  expected: ExpectedEffect.prefault({}),
});
export type NewDecision = z.infer<typeof NewDecision>;

export const DECISION_STATES = ["unconfirmed", "open", "done", "dropped"] as const;
export const DecisionChange = z.strictObject({
  version: count,
  /** `confirm` is the second person's. */
  to: z.enum(["confirm", "done", "drop", "reopen"]),
});
export type DecisionChange = z.infer<typeof DecisionChange>;

/** Before and after, each per 30 days, once there are 14 days after it was done. */
export const MeasuredEffect = z.strictObject({
  daysBefore: z.number(),
  daysAfter: z.number(),
  pages: z.strictObject({ before: z.number(), after: z.number() }),
  wakeUps: z.strictObject({ before: z.number(), after: z.number() }),
  personMinutes: z.strictObject({ before: z.number(), after: z.number() }),
  /** Pages after over before. */
  ratio: Estimate,
});
export type MeasuredEffect = z.infer<typeof MeasuredEffect>;

export const DecisionView = z.strictObject({
  id: z.uuid(),
  month: ReviewMonth,
  rule: z.string(),
  ruleName: z.string(),
  kind: DecisionKind,
  owner: z.string(),
  dueOn: z.iso.date(),
  why: z.string(),
  expected: ExpectedEffect,
  state: z.enum(DECISION_STATES),
  by: z.string(),
  second: z.string().nullable(),
  /** The asker may be the second person. */
  mayConfirm: z.boolean(),
  createdAt: instant,
  doneAt: instant.nullable(),
  version: count,
  /** Reviews that it was carried over to. Two or more: do or drop. */
  carried: count,
  measured: MeasuredEffect.nullable(),
  /** Why there is nothing measured yet; empty when there is. */
  notMeasured: z.string(),
});
export type DecisionView = z.infer<typeof DecisionView>;

export const Restatement = z.strictObject({
  /** Signed value and the value by what is known now; only what differs. */
  lines: z.array(
    z.strictObject({ id: z.string(), title: z.string(), signed: z.number().nullable(), now: z.number().nullable() }),
  ),
  lateVerdicts: count,
  asOf: instant,
});
export type Restatement = z.infer<typeof Restatement>;

export const Signature = z.strictObject({ by: z.string(), at: instant, as: z.enum(["manager", "owner"]) });

export const ReviewView = z.strictObject({
  month: ReviewMonth,
  /** `running`: the month is not over, nothing can be signed. */
  state: z.enum(["running", "draft", "signed"]),
  report: NoiseReport,
  /** SHA-256 over the rules in force at the month's end; null when none are known. */
  ruleSet: z.string().nullable(),
  summary: z.string(),
  decisions: z.array(DecisionView),
  /** Open ones of earlier months. */
  carriedOver: z.array(DecisionView),
  /** Those of the month before, with what they brought. */
  lastMonth: z.array(DecisionView),
  restatement: Restatement.nullable(),
  signatures: z.array(Signature),
  hash: z.string().nullable(),
  /** Silences older than 30 days, and rules that did not fire in 180 days: asked about, not decided. */
  listed: z.array(
    z.strictObject({
      kind: z.enum(["old-silence", "never-fired"]),
      label: z.string(),
      since: instant.nullable(),
    }),
  ),
  /** Why nobody knows of all old silences, to stand behind "not known because"; empty when they are known. */
  silencesUnknown: z.string(),
  backlog: z.array(z.strictObject({ owner: z.string(), open: count, minutes: z.number() })),
  mayDecide: z.boolean(),
  maySign: z.boolean(),
  /** Groups that are not shown because fewer people than `settings.smallestGroup` are in them. */
  suppressed: z.array(z.string()),
  version: count,
});
export type ReviewView = z.infer<typeof ReviewView>;

export const ReviewList = z.strictObject({
  months: z.array(
    z.strictObject({ month: ReviewMonth, state: z.enum(["running", "draft", "signed"]), signedAt: instant.nullable() }),
  ),
});
export type ReviewList = z.infer<typeof ReviewList>;

export const FigureRowsQuery = z.strictObject({
  figure: Figure,
  /** Of a pair it names two rules. */
  group: z.string().max(700).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** The rows behind a number. `total` equals the number. */
export const FigureRows = z.strictObject({
  total: count,
  rows: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(["fire", "episode", "page", "impact", "cluster", "night"]),
      at: instant,
      label: z.string(),
      service: z.string(),
      /** Opens the episode in the alerts page; null for rows that are none. */
      episodeId: z.string().nullable(),
      detail: z.string(),
    }),
  ),
  next: z.string().nullable(),
});
export type FigureRows = z.infer<typeof FigureRows>;

export const NewImpact = z.strictObject({
  title: z.string().trim().min(3).max(200),
  service: z.string().trim().min(1).max(120),
  severity: z.string().trim().min(1).max(40),
  startedAt: instant,
  endedAt: instant.nullable().default(null),
  awareAt: instant.nullable().default(null),
  firstDetector: z.enum(FIRST_DETECTORS),
});
export type NewImpact = z.infer<typeof NewImpact>;

export const ImpactView = NewImpact.extend({ id: z.uuid(), setBy: z.string(), setAt: instant });
export type ImpactView = z.infer<typeof ImpactView>;

export const SignReview = z.strictObject({ version: count, as: z.enum(["manager", "owner"]) });
export type SignReview = z.infer<typeof SignReview>;

export const SaveSummary = z.strictObject({
  summary: z.string("expected the summary").trim().max(4000, "expected at most 4000 characters"),
  version: z.number("expected the version that was read").int(),
});
