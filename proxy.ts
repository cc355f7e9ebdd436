/**
 * In front of every page and call: the content security policy with a fresh nonce, security headers, a request id, and
 * a coarse gate that saves strangers a round trip. It is not the authority: every page and handler checks for itself.
 *
 * Webhooks stay out of the matcher, because a body that passes here is cut at 10 MB without an error.
 */
import { type NextRequest, NextResponse } from "next/server";
import { readSessionToken } from "@/lib/identity/session-cookie";
import { env } from "@/lib/platform/env";

export const config = {
  matcher: ["/((?!_next/static/|_next/image|api/v1/webhooks/|favicon\\.ico$|icon\\.svg$).*)"],
};

/** Open to strangers: the ways in, and what machines ask. */
const PUBLIC =
  /^\/(sign-in|setup\/[^/]+|api\/v1\/setup\/[^/]+|judge\/[^/]+|api\/v1\/judge\/[^/]+|api\/auth\/.*|api\/livez|api\/readyz|api\/metrics)$/;

export async function proxy(request: NextRequest): Promise<Response> {
  const requestId = crypto.randomUUID();
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const response = (await isLetThrough(request))
    ? next(request, { requestId, nonce, policy })
    : turnAway(request, requestId);
  const headers = {
    ...securityHeaders(),
    // The address of a shared timeline is a secret of its own.
    ...(/^\/(shared|judge)\//.test(request.nextUrl.pathname) && { "referrer-policy": "no-referrer" }),
    "content-security-policy": policy,
    "x-request-id": requestId,
  };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** A bearer token passes unread: only the handler can judge it. */
async function isLetThrough(request: NextRequest): Promise<boolean> {
  const { pathname } = request.nextUrl;
  if (PUBLIC.test(pathname)) return true;
  if (pathname.startsWith("/api/") && request.headers.has("authorization")) return true;
  return (await readSessionToken(request.headers.get("cookie"))) !== null;
}

/**
 * Next stamps its own scripts with the nonce of the REQUEST's policy header. A stranger who sent that header himself
 * could choose the nonce, so it is always overwritten here.
 */
function next(request: NextRequest, mark: { requestId: string; nonce: string; policy: string }): NextResponse {
  const headers = new Headers(request.headers);
  headers.set("x-nonce", mark.nonce);
  headers.set("content-security-policy", mark.policy);
  headers.delete("content-security-policy-report-only");
  headers.set("x-request-id", mark.requestId);
  return NextResponse.next({ request: { headers } });
}

function turnAway(request: NextRequest, requestId: string): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (pathname.startsWith("/api/")) {
    const problem = { type: "about:blank", title: "Unauthenticated", status: 401, code: "unauthenticated", requestId };
    const headers = { "content-type": "application/problem+json", "www-authenticate": "Bearer", ...NO_STORE };
    return new NextResponse(JSON.stringify(problem), { status: 401, headers });
  }
  // Behind a proxy that ends TLS the request's own address says http.
  const own = env().NEXTAUTH_URL;
  const signIn = new URL("/sign-in", own?.startsWith("https://") ? own : request.url);
  signIn.searchParams.set("callbackUrl", pathname + search);
  return NextResponse.redirect(signIn, { headers: NO_STORE });
}

const NO_STORE = { "cache-control": "private, no-store", vary: "Cookie" };

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV !== "production";
  const issuer = env().OIDC_ISSUER;
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Radix and the chart library position by style attributes, which cannot carry a nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    // A form that leads to the identity provider is followed there, which browsers count as the form's own target.
    `form-action 'self'${issuer === undefined ? "" : ` ${new URL(issuer).origin}`}`,
    "frame-ancestors 'none'",
  ];
  return directives.join("; ");
}

function securityHeaders(): Readonly<Record<string, string>> {
  const https = env().NEXTAUTH_URL?.startsWith("https://") ?? false;
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    // `no-referrer` would make browsers send `Origin: null` with our own forms, which the CSRF check refuses.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    ...(https && { "strict-transport-security": "max-age=31536000" }),
  };
}
