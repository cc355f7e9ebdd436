/** Where alerts are sent to: one path and one secret per sender. */
import { z } from "zod";
import { AlertRoute } from "./alert-history";

export const HOOK_KINDS = ["alertmanager", "grafana", "sentry", "oncall"] as const;
export const HookKind = z.enum(HOOK_KINDS);
export type HookKind = z.infer<typeof HookKind>;

export const HOOK_AUTHS = ["bearer", "basic", "hmac"] as const;
export const HookAuth = z.enum(HOOK_AUTHS);
export type HookAuth = z.infer<typeof HookAuth>;

export const HookName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and dashes");

/** A hook of `throughline.yaml`. */
export const WebhookSettings = z
  .strictObject({
    kind: HookKind,
    /** Second half of the path: `POST /api/v1/webhooks/{kind}/{name}`. */
    name: HookName.default("main"),
    auth: HookAuth.default("bearer"),
    /** User name of `basic`. */
    username: z.string().max(200).default(""),
    secret: z.string().min(16, "expected at least 16 characters").max(500),
    /** Accepted beside `secret` for as long as it stands here. */
    oldSecret: z.string().min(16, "expected at least 16 characters").max(500).optional(),
    /** Header that carries a time in seconds and is part of what is signed, as Grafana can be told to send. */
    timestampHeader: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,80}$/, "expected the name of a header")
      .optional(),
    /** What a notification to this path means. */
    route: AlertRoute.default("unknown"),
  })
  .refine(({ auth, username }) => (auth === "basic") === (username !== ""), {
    path: ["username"],
    error: "expected a user name with basic, and only with it",
  });
export type WebhookSettings = z.infer<typeof WebhookSettings>;

/** What a call is checked against. */
export interface AlertHook {
  /** Null for a hook of the file. */
  readonly id: string | null;
  readonly kind: HookKind;
  readonly name: string;
  readonly auth: HookAuth;
  readonly username: string;
  readonly route: AlertRoute;
  /** In force at the moment of asking: the current one, and the one before while it is still accepted. */
  readonly secrets: readonly string[];
  readonly timestampHeader: string | undefined;
  /** To the minute; null for a hook of the file too. */
  readonly lastUsedAt: Date | null;
}

/** As a row of the table, without its secrets. */
export interface StoredHook {
  readonly id: string;
  readonly kind: HookKind;
  readonly name: string;
  readonly auth: HookAuth;
  readonly username: string;
  readonly route: AlertRoute;
  readonly oldUntil: Date | null;
  readonly createdAt: Date;
  readonly rotatedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly version: number;
  readonly by: string;
}
