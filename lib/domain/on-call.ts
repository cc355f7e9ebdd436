/** People who are paged, when they are on call, what they said. Definitions: docs/noise-definitions.md. */
import { z } from "zod";

/** Where pages of files belong that name no hook: all of them, so that one file sent twice under two names is one. */
export const FILE_SOURCE = "on-call/file";

export interface Responder {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly team: string;
  readonly userId: string | null;
  /** By `validFrom`. Before the first: none. */
  readonly zones: readonly { readonly zone: string; readonly validFrom: Date }[];
}

export interface OnCallShift {
  readonly responderId: string;
  readonly schedule: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export const PAGE_REASONS = ["first", "new", "repeat", "escalation"] as const;
export const PageReason = z.enum(PAGE_REASONS);

/** One person, one alert group, one escalation step. Two people are two pages. */
export interface AlertPage {
  readonly id: string;
  readonly responderId: string;
  readonly episodeId: string | null;
  readonly alertName: string;
  readonly service: string;
  readonly pagedAt: Date;
  readonly step: number;
  readonly reason: z.infer<typeof PageReason>;
  readonly channel: string;
  /** Failed deliveries are kept and not counted. */
  readonly delivered: boolean;
  /** Worked out from notifications and schedules, not told by a pager. Never totalled with the others. */
  readonly estimated: boolean;
  readonly ackedAt: Date | null;
  readonly ackedBy: string | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: "person" | "source" | null;
  readonly engagedMinutes: number | null;
}

export const VERDICTS = ["actionable", "not-page-worthy", "expected", "duplicate", "noise"] as const;
export const VerdictKind = z.enum(VERDICTS);
export type VerdictKind = z.infer<typeof VerdictKind>;

/** Each maps to one suggested change: `self-heals` to a longer wait, `wrong-hours` to a mute window, and so on. */
export const VERDICT_REASONS = [
  "threshold",
  "self-heals",
  "wrong-hours",
  "wrong-team",
  "poor-details",
  "known-work",
  "duplicate",
] as const;
export const VerdictReason = z.enum(VERDICT_REASONS);
export type VerdictReason = z.infer<typeof VerdictReason>;

/** The last one of each person counts; null takes it back. */
export interface AlertVerdict {
  readonly episodeId: string;
  readonly rule: string;
  readonly verdict: VerdictKind | null;
  readonly reason: VerdictReason | "";
  readonly note: string;
  readonly by: string;
  readonly byName: string;
  readonly via: "alerts" | "backlog" | "link" | "bulk" | "import";
  readonly createdAt: Date;
}

export const FIRST_DETECTORS = [
  "page",
  "dashboard",
  "internal-user",
  "customer",
  "partner",
  "deploy-watch",
  "unknown",
] as const;
export const FirstDetector = z.enum(FIRST_DETECTORS);
export type FirstDetector = z.infer<typeof FirstDetector>;

/** A time when customers were hit, however it was found. */
export interface CustomerImpact {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly severity: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly awareAt: Date | null;
  readonly firstDetector: FirstDetector;
  readonly setByName: string;
  readonly setAt: Date;
}
