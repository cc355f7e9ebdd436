/** The secret in a share link's address: 192 random bits. */
import "server-only";
import { createHash, randomBytes } from "node:crypto";

const FORM = /^[\w-]{32}$/;
const PREFIX_LENGTH = 6;

export function createShareToken(): string {
  return randomBytes(24).toString("base64url");
}

export function isShareToken(text: string): boolean {
  return FORM.test(text);
}

/** What is stored. A plain digest is enough, because nobody can guess 192 random bits. */
export function hashShareToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** What a list shows, to tell links apart. */
export function shareTokenPrefix(token: string): string {
  return token.slice(0, PREFIX_LENGTH);
}
