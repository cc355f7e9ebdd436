/**
 * One-time links: the first admin's, and invitations to people who are to choose a password. Whoever holds one is believed,
 * so it ends after a day, with its first use, and when a newer one takes its place. Only its SHA-256 is kept.
 */
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { Store } from "@/lib/store/open-store";
import type { SetupPurpose } from "@/lib/store/setup-link-repository";
import type { User } from "@/lib/store/user";

const DAY_MS = 24 * 60 * 60_000;
/** 256 random bits. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export type SetupWish =
  { readonly purpose: "first-admin" } | { readonly purpose: "invitation"; readonly userId: string };

export interface IssuedSetupLink {
  /** `/setup/…`: to be shown once, on a terminal or to the admin who invites. */
  readonly path: string;
  readonly expiresAt: Date;
}

/** Every older link for the same purpose and person stops working. */
export async function createSetupLink(
  wish: SetupWish,
  { setupLinks }: Pick<Store, "setupLinks">,
  now: Date,
): Promise<IssuedSetupLink> {
  const text = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + DAY_MS);
  const userId = wish.purpose === "invitation" ? wish.userId : null;
  await setupLinks.replace({ hash: hashOf(text), purpose: wish.purpose, userId, createdAt: now, expiresAt });
  return { path: `/setup/${text}`, expiresAt };
}

/** What a link opens now. */
export interface OpenSetupLink {
  readonly id: string;
  readonly purpose: SetupPurpose;
  /** Whose password an invitation sets; null for the first admin. */
  readonly user: User | null;
}

/**
 * Null for a link that is unknown, used, over, of somebody disabled, or for a first admin when there is one already. Does
 * not use it up.
 */
export async function findSetupLink(
  text: string,
  { setupLinks, users }: Pick<Store, "setupLinks" | "users">,
  now: Date,
): Promise<OpenSetupLink | null> {
  const link = TOKEN.test(text) ? await setupLinks.find(hashOf(text), now) : null;
  if (!link) return null;
  const { id, purpose, userId } = link;
  if (purpose === "first-admin") return (await users.isHeld("admin")) ? null : { id, purpose, user: null };
  const user = userId === null ? null : await users.findById(userId);
  // Whoever signs in through a provider by now must not get a way around it.
  return user && user.disabledAt === null && user.oidcSubject === null ? { id, purpose, user } : null;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
