/** Turns a request into URL, headers and body for one configured source. Pure. */
import type { SourceAttempt } from "./source-attempt";
import type { SourceHttpRequest } from "./source-http";

export interface SourceHttpTarget {
  /** May carry a path of its own (`https://host/loki-eu`) and, for old set-ups, `user:password@`. */
  readonly baseUrl: string;
  readonly auth?: { readonly token?: string } | { readonly username: string; readonly password: string };
  /** Tenant header of Loki, Tempo, Mimir or Thanos. */
  readonly tenant?: { readonly header: string; readonly value: string };
}

/** Would let a path value climb out of the base path, or turn into a query. */
const UNSAFE_PATH = /[\\?#\u0000-\u0020\u007f]|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;
/** Only the target decides on these. */
const OWN_HEADERS = new Set(["authorization", "host", "cookie", "accept-encoding", "content-type", "content-length"]);

/** `undefined` when no safe URL can be made: the base is not http(s), or the path leaves it. */
export function sourceAttemptFor(
  target: SourceHttpTarget,
  request: SourceHttpRequest,
  maxBytes: number,
): SourceAttempt | undefined {
  const url = urlFor(target.baseUrl, request);
  if (url === undefined) return undefined;
  const credentials = authorization(target, url);
  url.username = "";
  url.password = "";
  const headers: Record<string, string> = { accept: "application/json" };
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!OWN_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  headers["accept-encoding"] = "gzip";
  headers["user-agent"] = "throughline";
  if (credentials !== undefined) headers["authorization"] = credentials;
  if (target.tenant !== undefined) headers[target.tenant.header.toLowerCase()] = target.tenant.value;
  const body = request.form === undefined ? undefined : encode(request.form);
  if (body !== undefined) headers["content-type"] = "application/x-www-form-urlencoded";
  return { url, method: request.method, headers, body, maxBytes };
}

function urlFor(baseUrl: string, request: SourceHttpRequest): URL | undefined {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  if (!request.path.startsWith("/") || UNSAFE_PATH.test(request.path)) return undefined;
  // Joined, not resolved: `new URL("/loki/api", base)` would throw away the path a reverse proxy listens on.
  url.pathname = url.pathname.replace(/\/+$/, "") + request.path;
  url.search = encode(request.query ?? []);
  url.hash = "";
  return url;
}

function authorization(target: SourceHttpTarget, url: URL): string | undefined {
  const { auth } = target;
  if (auth !== undefined && "username" in auth) return basic(auth.username, auth.password);
  if (auth?.token !== undefined) return `Bearer ${auth.token}`;
  if (url.username === "") return undefined;
  return basic(decoded(url.username), decoded(url.password));
}

/** A password with a bare `%` is written as it is by people who do not know of escapes. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function encode(pairs: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
}
