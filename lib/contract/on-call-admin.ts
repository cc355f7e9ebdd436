/** People who are paged, their shifts and where pages come from, as admins see and change them. */
import { z } from "zod";
import { AlertRoute } from "@/lib/domain/alert-history";
import { ZoneName } from "./on-call";

const instant = z.iso.datetime();
const count = z.number().int().min(0);

export const ResponderView = z.strictObject({
  id: z.string(),
  /** How feeds name the person. */
  handle: z.string(),
  name: z.string(),
  team: z.string(),
  /** Who signs in and is this person; null for nobody. */
  user: z.strictObject({ name: z.string(), email: z.string() }).nullable(),
  /** Oldest first. Each holds until the next one begins; the first may begin in 1970, which is "always". */
  zones: z.array(z.strictObject({ zone: z.string(), from: instant })),
});
export type ResponderView = z.infer<typeof ResponderView>;

export const ResponderList = z.strictObject({ responders: z.array(ResponderView) });
export type ResponderList = z.infer<typeof ResponderList>;

export const ResponderChange = z
  .strictObject({
    name: z.string().trim().min(1, "expected a name").max(120, "expected at most 120 characters").optional(),
    team: z.string().trim().max(120, "expected at most 120 characters").optional(),
    /** Address of who signs in and is this person; empty for nobody. */
    email: z.string().trim().toLowerCase().max(200, "expected at most 200 characters").optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "expected something to change");
export type ResponderChange = z.infer<typeof ResponderChange>;

export const NewZone = z.strictObject({
  zone: ZoneName,
  /** From when on it holds; the zone before ends there. */
  from: z.iso.datetime({ offset: true, error: "expected a time with zone, such as 2026-10-03T00:00:00Z" }),
});
export type NewZone = z.infer<typeof NewZone>;

const ShiftView = z.strictObject({
  responderId: z.string(),
  schedule: z.string(),
  from: instant,
  to: instant,
});

const ScheduleCoverage = z.strictObject({
  schedule: z.string(),
  /** Share of the range in which somebody had a shift, 0 to 1. */
  share: z.number().min(0).max(1),
  /** When nobody had one, oldest first. */
  gaps: z.array(z.strictObject({ from: instant, to: instant })),
});
export type ScheduleCoverage = z.infer<typeof ScheduleCoverage>;

/** What notifications to one receiver mean, and whom pages of its alerts reached. */
const ReceiverView = z.strictObject({
  receiver: z.string(),
  /** As `alerts.receivers` of the file says; "unknown" when it says nothing. */
  means: AlertRoute,
  episodes: count,
  /** Ids of responders, by name. Nobody is counted or ranked. */
  paged: z.array(z.string()),
});

export const OnCallOverview = z.strictObject({
  responders: z.array(ResponderView),
  shifts: z.array(ShiftView),
  /** True when there are more shifts in the range than are shown. */
  shiftsCut: z.boolean(),
  /** Of these days up to now, by schedule. */
  coverage: z.array(ScheduleCoverage),
  range: z.strictObject({ from: instant, now: instant, to: instant }),
  receivers: z.array(ReceiverView),
  /** Names of the on-call tool's hooks: `pager` for `POST /api/v1/webhooks/oncall/pager`. */
  hooks: z.array(z.string()),
  pages: z.strictObject({
    /** Newest page that was told; null for none. */
    lastAt: instant.nullable(),
    /** Pages of the last 30 days, and how many of them found no alert. */
    count,
    unmatched: count,
  }),
});
export type OnCallOverview = z.infer<typeof OnCallOverview>;
