/**
 * Reads the next page's cursor from a `Link` header. There is always a `next` link; only `results="true"` means more.
 * https://docs.sentry.io/api/pagination/. Only the cursor is used: the link's host is whatever the server believes it is.
 */
export function nextCursor(linkHeader: string | undefined): string | undefined {
  if (linkHeader === undefined || linkHeader.length > 16_384) return undefined;
  for (const match of linkHeader.matchAll(/<[^>]*>((?:\s*;\s*[\w-]+="[^"]*")+)/g)) {
    const attributes = new Map<string, string>();
    for (const [, name = "", value = ""] of (match[1] ?? "").matchAll(/([\w-]+)="([^"]*)"/g)) {
      attributes.set(name, value);
    }
    if (attributes.get("rel") !== "next" || attributes.get("results") !== "true") continue;
    const cursor = attributes.get("cursor");
    if (cursor !== undefined && /^[0-9A-Za-z:._%=-]{1,200}$/.test(cursor)) return cursor;
  }
  return undefined;
}
