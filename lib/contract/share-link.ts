/** `/api/v1/share-links`: links to one timeline. A link's token is in the answer to its creation only. */
import { z } from "zod";
import { Role } from "@/lib/domain/role";
import { MAX_KEYS } from "./timeline-query";

export const DEFAULT_SHARE_HOURS = 24;
export const MAX_SHARE_HOURS = 7 * 24;

const keys = z.array(z.string().max(300)).max(MAX_KEYS, `expected at most ${String(MAX_KEYS)} keys`);
const instant = z.string().max(64);

export const NewShareLink = z.strictObject({
  keys: keys.min(1, "expected the asked keys"),
  /** As the timeline reads them; what the link keeps is absolute. */
  from: instant.optional(),
  to: instant.optional(),
  widen: keys.optional(),
  /** The role that the link is made for: it shows no more than that role may read. */
  audience: Role.optional(),
  hours: z
    .number()
    .int("expected whole hours")
    .min(1, `expected 1 to ${String(MAX_SHARE_HOURS)}`)
    .max(MAX_SHARE_HOURS, `expected 1 to ${String(MAX_SHARE_HOURS)}`)
    .default(DEFAULT_SHARE_HOURS),
});
export type NewShareLink = z.infer<typeof NewShareLink>;

/** Instants are ISO 8601 in UTC. */
export const ShareLinkView = z.strictObject({
  id: z.string(),
  /** First characters of the token, to recognise the link by. */
  prefix: z.string(),
  /** `dead`: its maker is disabled or no longer holds the role. */
  state: z.enum(["live", "expired", "revoked", "dead"]),
  /** The role its maker acted in. */
  createdAs: Role,
  audience: Role.nullable(),
  /** What it asks, as the reader of this list may read it. Absent when it cannot be opened any more. */
  question: z.strictObject({ keys: z.array(z.string()), from: z.string(), to: z.string() }).optional(),
  /** In a list of everybody's links. */
  by: z.string().optional(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  opened: z.number().int(),
  lastOpenedAt: z.string().nullable(),
});
export type ShareLinkView = z.infer<typeof ShareLinkView>;

export const ShareLinkList = z.strictObject({
  /** Newest first, the first 500. */
  links: z.array(ShareLinkView),
  /** Of all that there are. */
  total: z.int(),
  /** Roles that a link or an export can be made for. */
  audiences: z.array(Role),
});
export const IssuedShareLink = z.strictObject({
  ...ShareLinkView.shape,
  token: z.string(),
  /** Of the page, without the address of this server. */
  path: z.string(),
});
export type IssuedShareLink = z.infer<typeof IssuedShareLink>;
