/** Second looks at words: e-mail addresses, tokens, parts of URLs. */
import type { Span } from "./span";

const LOCAL = /[\p{L}\p{N}._%+'-]/u;
const LABEL = /[\p{L}\p{N}-]/u;
const MAX_LOCAL = 256;

/** In: `@` and a domain that ends in letters. Reads the part before, and what still belongs to the last label. */
export function acceptEmail(text: string, { start, end }: Span): Span[] {
  let first = start;
  if (text.charAt(start - 1) === '"') first = Math.max(text.lastIndexOf('"', start - 2), start - 65);
  else while (first > 0 && start - first < MAX_LOCAL && LOCAL.test(text.charAt(first - 1))) first--;
  while (first < start && /[.'%-]/.test(text.charAt(first))) first++;
  if (first >= start || first < 0 || isUserinfo(text, first)) return [];
  // `status-api@2.14.0.rc` is a package with its version.
  if (/^@v?\d{1,6}\.\d{1,6}\./.test(text.slice(start, start + 20))) return [];
  let last = end;
  while (last < text.length && last - end < 64 && LABEL.test(text.charAt(last))) last++;
  return [{ start: first, end: last }];
}

/** `scheme://user:pass@host`: the host is no part of an address, and the rest is found as a secret. */
function isUserinfo(text: string, first: number): boolean {
  return /:\/\/[^\s/]{0,300}$/.test(text.slice(Math.max(0, first - 303), first));
}

/** `basic authentication failed` is prose; credentials have digits, mixed case or symbols. */
export function acceptCredential(text: string, { start, end }: Span): Span[] {
  const found = text.slice(start, end).replace(/[.,]+$/, "");
  return /\d|[a-z][A-Z]|[+/=_~]/.test(found) ? [{ start, end: start + found.length }] : [];
}

/** The header of a JWT is JSON with an algorithm. Takes the payload and the signature with it. */
export function acceptJwt(text: string, { start, end }: Span): Span[] {
  if (text.charAt(end) !== "." || !hasAlgorithm(text.slice(start, Math.min(end, start + 4096)))) return [];
  return extendOver(/[\w.=-]/, text, { start, end });
}

function hasAlgorithm(header: string): boolean {
  return /^\s*\{[^]*"(?:alg|enc|typ)"\s*:/.test(Buffer.from(header, "base64url").toString("latin1"));
}

/** Whatever touches a known token belongs to it. */
export function acceptToken(text: string, span: Span): Span[] {
  return extendOver(/[\w-]/, text, span);
}

function extendOver(pattern: RegExp, text: string, { start, end }: Span): Span[] {
  let last = end;
  while (last < text.length && pattern.test(text.charAt(last))) last++;
  return [{ start, end: last }];
}

/** In: `://`. The user and password before the last `@` of the authority. */
export function acceptUserinfo(text: string, { end }: Span): Span[] {
  const rest = text.slice(end, end + 512);
  const plain = /^([^\s/?#"'<>]{1,400})@/.exec(rest)?.[1];
  if (plain !== undefined) return isPlaceholder(plain) ? [] : [{ start: end, end: end + plain.length }];
  // A slash inside the password; `host:8080/path@2` has a port there.
  const odd = /^([^\s/?#@:"'<>]{0,128}:[^\s@"'<>]{1,256})@/.exec(rest)?.[1];
  return odd === undefined || /^[^:]*:\d{1,5}[/?#]/.test(odd) ? [] : [{ start: end, end: end + odd.length }];
}

/** Query keys whose values tell how a list is shown, never about whom. */
const HARMLESS_QUERY = new Set(
  `page per_page page_size pagesize limit offset sort sort_by direction dir lang locale format view tab step start end
   from to`
    .trim()
    .split(/\s+/),
);

/**
 * In: `?name=` or `#name=` inside a URL. All values up to the end of the URL or to the next such start, but those of
 * harmless keys.
 */
export function acceptQuery(text: string, { start }: Span): Span[] {
  if (start === 0 || /\s/.test(text.charAt(start - 1))) return [];
  const spans: Span[] = [];
  const pair = /[?#&;](?:amp;)?([^\s"'<>`=&;?#]{0,64})=?([^\s"'<>`&;?#]*)/y;
  const again = /[?#][^\s"'<>`=&;?#]{1,64}=/y;
  pair.lastIndex = start;
  for (let found = pair.exec(text); found; found = again.test(text) ? null : pair.exec(text)) {
    const [whole, name = "", value = ""] = found;
    const end = found.index + whole.length;
    if (value !== "" && !HARMLESS_QUERY.has(name.toLowerCase()) && !isPlaceholder(value)) {
      spans.push({ start: end - value.length, end });
    }
    again.lastIndex = end;
  }
  return spans;
}

const WORDS = "secret|redacted|filtered|withheld|hidden|masked|removed|scrubbed|sanitized|query withheld";
const PLACEHOLDER = new RegExp(
  `^(?:[*•]{2,}|x{3,}|\\[(?:${WORDS})\\]|<(?:${WORDS})>|\\((?:${WORDS})\\)|(?:${WORDS})|\\$\\{[^}]{1,60}\\}|\\{\\{[^}]{1,60}\\}\\}|\\{\\d{0,2}\\}|\\$\\d{1,2}|%s|\\?|null|nil|none|undefined|true|false|n/a|-|\u0001{1,64})$`,
  "i",
);

/** What stands where a value was, so that scrubbed text stays as it is; and ids that are out of sight. */
export function isPlaceholder(value: string): boolean {
  return value.length <= 66 && PLACEHOLDER.test(value);
}
