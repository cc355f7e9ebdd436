/** How an API token looks: `tl_` and 256 random bits, so that secret scanners can find leaked ones. */
import "server-only";
import { createHash, randomBytes } from "node:crypto";

const BEARER = /^Bearer +(tl_[A-Za-z0-9_-]{43}) *$/i;
const PREFIX_LENGTH = 8;

export function createTokenText(): string {
  return `tl_${randomBytes(32).toString("base64url")}`;
}

/** The token in an `Authorization` header; null when it is not one of ours. */
export function parseBearer(authorization: string): string | null {
  return BEARER.exec(authorization)?.[1] ?? null;
}

/** What is stored. A plain digest is enough, because nobody can guess 256 random bits. */
export function hashTokenText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What a list shows, to tell tokens apart. */
export function tokenPrefix(text: string): string {
  return text.slice(0, PREFIX_LENGTH);
}
