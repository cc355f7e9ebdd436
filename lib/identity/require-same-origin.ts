/**
 * Cross-site request forgery: a browser sends our cookie with requests that other sites make. So a change authenticated
 * by cookie must come from our own pages. Tokens need no such check, because browsers do not add them by themselves.
 */
import "server-only";
import { env } from "@/lib/platform/env";
import { ProblemError } from "@/lib/platform/problem-error";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Throws `ProblemError("forbidden")` for a change that no page of ours made. Reads pass. */
export function requireSameOrigin(request: Request): void {
  if (READS.has(request.method) || isSameOrigin(request.headers)) return;
  throw new ProblemError("forbidden", { detail: "This change must come from a page of this site." });
}

function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  // Older browsers and plain http to a host name: only the Origin header tells.
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  // The address the browser used, or the public one when a reverse proxy in between changes the Host header. Another site
  // can choose neither for a browser that holds our cookie.
  const own = env().NEXTAUTH_URL;
  const { host } = new URL(origin);
  return host === headers.get("host") || (own !== undefined && new URL(origin).origin === new URL(own).origin);
}
