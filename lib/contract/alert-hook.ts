/** Hooks as admins see and change them. A secret is in the answer that made it, and in no other. */
import { z } from "zod";
import { AlertRoute } from "@/lib/domain/alert-history";
import { HookAuth, HookKind, HookName } from "@/lib/domain/alert-hook";

const instant = z.iso.datetime();

export const NewAlertHook = z
  .strictObject({
    kind: HookKind,
    name: HookName,
    auth: HookAuth,
    /** For `basic`, and only for it. */
    username: z.string().trim().max(200, "expected at most 200 characters").default(""),
    route: AlertRoute.default("unknown"),
    /** What the sender already signs with, such as Sentry's client secret. Absent: made here. */
    secret: z
      .string()
      .min(16, "expected at least 16 characters")
      .max(500, "expected at most 500 characters")
      .optional(),
  })
  .refine(({ auth, username }) => (auth === "basic") === (username !== ""), {
    path: ["username"],
    error: "expected a user name with basic, and only with it",
  });
export type NewAlertHook = z.infer<typeof NewAlertHook>;

const version = z.number().int().min(1);

export const AlertHookChange = z
  .strictObject({
    route: AlertRoute.optional(),
    /** The secret before the last rotation is refused from now on. */
    dropOld: z.literal(true).optional(),
    version,
  })
  .refine(({ route, dropOld }) => route !== undefined || dropOld !== undefined, {
    path: ["route"],
    error: "expected what to change: route or dropOld",
  });
export type AlertHookChange = z.infer<typeof AlertHookChange>;

export const AlertHookRotation = z.strictObject({
  version,
  /** How long the secret before is accepted beside the new one. */
  overlapHours: z.number().min(0).max(168).default(24),
  /** As in `NewAlertHook`. */
  secret: NewAlertHook.shape.secret,
});
export type AlertHookRotation = z.infer<typeof AlertHookRotation>;

export const AlertHookView = z.strictObject({
  /** Null for a hook of the file, which cannot be changed here. */
  id: z.string().nullable(),
  kind: HookKind,
  name: z.string(),
  /** `/api/v1/webhooks/alertmanager/main` */
  path: z.string(),
  auth: HookAuth,
  username: z.string(),
  route: AlertRoute,
  /** False when a hook of the file has its path. */
  inForce: z.boolean(),
  /** Until when the secret before the last rotation is accepted; null for not any more. */
  oldUntil: instant.nullable(),
  rotatedAt: instant.nullable(),
  /** Last authentic call; null when none is among the newest that are looked at. */
  lastUsedAt: instant.nullable(),
  /** Authentic calls of 24 hours, repeats included. */
  callsInDay: z.strictObject({
    count: z.number().int().min(0),
    /** More than the newest calls that are looked at came in this time. */
    atLeast: z.boolean(),
  }),
  /** The newest authentic call of which something could not be read. */
  lastRefusal: z.strictObject({ at: instant, why: z.string() }).nullable(),
  version: z.number().int().nullable(),
  updatedBy: z.string().nullable(),
});
export type AlertHookView = z.infer<typeof AlertHookView>;

/** An authentic call of which something could not be read. */
export const RefusedCall = z.strictObject({
  source: z.string(),
  at: instant,
  timesSeen: z.number().int().min(1),
  why: z.string(),
});
export type RefusedCall = z.infer<typeof RefusedCall>;

export const AlertHookList = z.strictObject({
  hooks: z.array(AlertHookView),
  /** Newest first. */
  refused: z.array(RefusedCall),
  /** Calls that are stored and not yet worked off. */
  waiting: z.number().int().min(0),
});
export type AlertHookList = z.infer<typeof AlertHookList>;

export const IssuedAlertHook = z.strictObject({ hook: AlertHookView, secret: z.string() });
export type IssuedAlertHook = z.infer<typeof IssuedAlertHook>;
