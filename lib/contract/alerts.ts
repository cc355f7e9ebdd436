/** Alert history as it crosses to browsers and scripts. */
import { z } from "zod";
import { ALERT_ROUTES, END_REASONS } from "@/lib/domain/alert-history";
import { VERDICTS, VerdictKind, VerdictReason } from "@/lib/domain/on-call";

const instant = z.iso.datetime();
const count = z.number().int().min(0);

export const EpisodeQuery = z.strictObject({
  /** ISO 8601, epoch milliseconds or `now-30d`. */
  from: z.string().max(40).default("now-30d"),
  to: z.string().max(40).default("now"),
  rule: z.string().max(300).optional(),
  service: z.string().max(120).optional(),
  team: z.string().max(120).optional(),
  severity: z.string().max(60).optional(),
  source: z.string().max(120).optional(),
  route: z.enum(ALERT_ROUTES).optional(),
  state: z.enum(["open", "ended"]).optional(),
  judged: z.enum(["yes", "no"]).optional(),
  faults: z.enum(["with", "without", "only"]).default("with"),
  /** Words of the name or service. */
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type EpisodeQuery = z.infer<typeof EpisodeQuery>;

export const VerdictView = z.strictObject({
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  note: z.string(),
  /** Team for those who may not read people; `you` for one's own. */
  by: z.string(),
  mine: z.boolean(),
  at: instant,
});
export type VerdictView = z.infer<typeof VerdictView>;

export const EpisodeView = z.strictObject({
  id: z.string(),
  rule: z.string(),
  name: z.string(),
  service: z.string(),
  environment: z.string(),
  team: z.string(),
  severity: z.string(),
  startsAt: instant,
  endsAt: instant.nullable(),
  endReason: z.enum(END_REASONS),
  fires: count,
  flapping: count,
  route: z.enum(ALERT_ROUTES),
  silenced: z.boolean(),
  inhibited: z.boolean(),
  monitoringFault: z.boolean(),
  reconstructed: z.boolean(),
  sources: z.array(z.string()),
  pages: count,
  verdicts: z.array(VerdictView),
  /** A row that the role knows of and may not read: only times. */
  stub: z.boolean(),
});
export type EpisodeView = z.infer<typeof EpisodeView>;

export const EpisodePage = z.strictObject({
  episodes: z.array(EpisodeView),
  /** Null at the end. */
  next: z.string().nullable(),
  /** Of all that match and the role may know of; null when counting was cut short. */
  total: count.nullable(),
  /** Times and sources for which nothing can be known: the newest of `gapsTotal`. */
  gaps: z.array(z.strictObject({ source: z.string(), from: instant, to: instant, why: z.string() })),
  gapsTotal: count,
  /** How much of the range each polled source was heard; empty while no source of alerts was ever polled: not known. */
  heard: z.array(z.strictObject({ source: z.string(), hours: z.number(), ofHours: z.number() })),
});
export type EpisodePage = z.infer<typeof EpisodePage>;

/** One line per rule. */
export const RuleSummary = z.strictObject({
  rule: z.string(),
  name: z.string(),
  service: z.string(),
  owner: z.string(),
  severity: z.string(),
  fires: count,
  episodes: count,
  pages: count,
  open: count,
  /** Episodes per day of the range, oldest first. */
  density: z.array(count),
  judged: count,
});
export type RuleSummary = z.infer<typeof RuleSummary>;

export const NewVerdict = z.strictObject({
  episodes: z
    .array(z.string().regex(/^[0-9a-f]{32}$/))
    .min(1)
    .max(500),
  /** Null takes one's own verdict back. */
  verdict: VerdictKind.nullable(),
  reason: VerdictReason.or(z.literal("")).default(""),
  note: z.string().trim().max(500).default(""),
  via: z.enum(["alerts", "backlog", "bulk"]).default("alerts"),
});
export type NewVerdict = z.infer<typeof NewVerdict>;

/** One unjudged episode with what helps to judge it. */
export const BacklogItem = z.strictObject({
  episode: EpisodeView,
  /** Asked about because its cluster was drawn at random, not because of what it cost. */
  sampled: z.boolean(),
  /** Of this rule in the last 90 days. */
  episodes90: count,
  /** Median firing time of those that were resolved, seconds. */
  medianSeconds: z.number().nullable(),
  /** Names for those who read staff. */
  paged: z.array(z.string()),
  acked: z.boolean(),
  /** Earlier verdicts on this rule, newest first. */
  earlier: z.array(z.strictObject({ verdict: z.enum(VERDICTS), at: instant })),
});
export type BacklogItem = z.infer<typeof BacklogItem>;

export const BacklogView = z.strictObject({
  items: z.array(BacklogItem),
  /** True when more than these wait. */
  more: z.boolean(),
});
export type BacklogView = z.infer<typeof BacklogView>;

export const JudgedView = z.strictObject({ judged: count, episodes: z.array(EpisodeView) });
export type JudgedView = z.infer<typeof JudgedView>;

const EpisodeId = z.string().regex(/^[0-9a-f]{32}$/, "expected the id of an episode");
export const NewVerdictLink = z.strictObject({
  episode: EpisodeId,
  /** Who judges by it: the asker, without. Somebody else's only by who administers. */
  email: z.email("expected somebody's address").optional(),
});
export type NewVerdictLink = z.infer<typeof NewVerdictLink>;
export const VerdictLinkView = z.strictObject({ url: z.url(), expiresAt: instant });

/** Through a link: one verdict, nothing taken back. */
export const LinkVerdict = z.strictObject({
  verdict: VerdictKind,
  reason: VerdictReason.or(z.literal("")).default(""),
  note: z.string().trim().max(500).default(""),
});
export type LinkVerdict = z.infer<typeof LinkVerdict>;
