/**
 * Says what a pasted text is: a trace id in any spelling, `#48192`, a link, a fragment of a log line.
 * Pure; returns candidates, best first, because a bare number can be an order and a ticket.
 */
import { KeyKind, MAX_KEY_VALUE_LENGTH } from "@/lib/domain/correlation-key";
import { parseKnownTraceId, parseTraceId } from "@/lib/domain/trace-id";
import { normaliseValue } from "@/lib/normalize/attribute-spellings";
import type { KeyHint } from "./key-hint";

export interface KeyCandidate {
  readonly kind: string;
  readonly value: string;
  /** `Order 48192`, `Trace 4bf92f35…`. */
  readonly label: string;
  /** Must not stand in an address as it is. */
  readonly opaque?: true;
}

const MAX_INPUT = 20_000;
const HEX_ID =
  /(?<![0-9a-z])(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9a-z])/gi;
const TRACEPARENT = /(?<![0-9a-f])[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?![0-9a-f])/i;
/** `name=value`, `"name": "value"`, `Name: value`. */
const PAIR = /["']?([A-Za-z][A-Za-z0-9_.-]{0,60}(?: id)?)["']?\s*[=:]\s*["']?#?([^\s"',;&{}()<>[\]]+)/gi;

/** Ranked and unique by kind and value; empty when nothing is recognised. Never throws, whatever the text. */
export function recogniseInput(text: string, hints: readonly KeyHint[]): KeyCandidate[] {
  const plain = text.slice(0, MAX_INPUT).trim();
  if (plain === "") return [];
  const found = new Found(hints);
  const url = /^https?:\/\//i.test(plain) ? parseUrl(plain) : undefined;
  if (url) addLink(url, found);
  else addText(plain, found);
  return found.list();
}

/** A link to a Sentry issue names a group of events and no id that a record carries: the page says so instead of guessing. */
export function isSentryIssueLink(text: string): boolean {
  const url = parseUrl(text.slice(0, MAX_INPUT).trim());
  return url !== undefined && /\/issues\/\d+/.test(url.pathname);
}

function addText(plain: string, found: Found): void {
  const parent = TRACEPARENT.exec(plain);
  if (parent?.[1]) found.trace(parent[1]);
  const bare = unwrap(plain);
  // A dashed UUID may be a trace id or an order: both are offered, the trace first.
  const trace = parseTraceId(bare);
  if (trace !== undefined && !parent) found.trace(trace);
  addKindColonValue(bare, found);
  if (!/\s/.test(bare)) addBare(bare, found);
  addPairs(plain, found);
  addWordThenValue(bare, found);
  for (const [id] of plain.matchAll(HEX_ID)) found.trace(id);
}

/** `order:48192`, with the value spelled as people spell it. */
function addKindColonValue(text: string, found: Found): void {
  const match = /^([A-Za-z][A-Za-z0-9-]{0,31})\s*:\s*(\S.*)$/.exec(text);
  if (match?.[1] && match[2] && !/\s/.test(match[2])) found.asked(match[1].toLowerCase(), unwrap(match[2]));
}

/** A value alone: hints whose prefix it carries come first, then every hint whose pattern it fits. */
function addBare(text: string, found: Found): void {
  for (const hint of found.hints) if (isStandIn(hint, text)) found.asked(hint.kind, text);
  for (const hint of found.hints) {
    const dropped = dropPrefix(text, hint);
    if (dropped !== undefined) found.byHint(hint, dropped);
  }
  for (const hint of found.hints) {
    // `acct_2077` says its kind itself.
    if (new RegExp(`^${hint.kind.slice(0, 4)}[a-z]*[_-]`, "i").test(text)) found.byHint(hint, text);
  }
  for (const hint of found.hints) if (hint.kind !== "trace") found.byHint(hint, text);
}

/** `trace_id=…`, `"orderId": "…"`, `app.order.id: …` anywhere in a line. */
function addPairs(text: string, found: Found): void {
  for (const [, name = "", value = ""] of text.matchAll(PAIR)) {
    const spelled = name.toLowerCase().replace(/[^a-z0-9]/g, "");
    if (/trace(id|parent)?$/.test(spelled)) found.asked("trace", value);
    for (const hint of found.hints) {
      const kind = hint.kind.replaceAll("-", "");
      if (kind !== "trace" && new RegExp(`${kind}(id|no|number|key)?$`).test(spelled)) found.byHint(hint, value);
    }
  }
}

/** `order 48192`, `Order #48192`. */
function addWordThenValue(text: string, found: Found): void {
  const match = /^([A-Za-z][A-Za-z-]{0,31})(?: (?:id|no|number|nr)\.?)? +#?(\S+)$/i.exec(text);
  if (match?.[1] && match[2]) found.asked(match[1].toLowerCase(), match[2]);
}

/**
 * Sentry (`/issues/123/events/<id>`, `/traces/trace/<id>`, `?query=…`), Jaeger and Tempo (`/trace/<id>`), Grafana Explore, which
 * keeps its queries as JSON in `left` or `panes`.
 */
function addLink(url: URL, found: Found): void {
  const segments = url.pathname.split("/").map(decode);
  segments.forEach((segment, at) => {
    const before = segments[at - 1] ?? "";
    if (/^traces?$/i.test(before) && parseKnownTraceId(segment) !== undefined && segment.length >= 16) {
      found.asked("trace", segment);
    }
  });
  for (const value of [...url.searchParams.values(), decode(url.hash.slice(1))]) addParameter(value, found);
  for (const segment of segments) {
    for (const [id] of segment.matchAll(HEX_ID)) found.trace(id);
  }
  for (const [name, value] of url.searchParams) {
    for (const hint of found.hints)
      if (name.toLowerCase().replace(/[^a-z]/g, "") === `${hint.kind}id`) found.byHint(hint, value);
    if (/^trace(_?id)?$/i.test(name)) found.asked("trace", value);
  }
}

function addParameter(value: string, found: Found): void {
  for (const text of stringsIn(value)) {
    const known = text.length >= 16 && !text.includes(" ") ? parseTraceId(text) : undefined;
    if (known !== undefined) found.trace(known);
    for (const [id] of text.matchAll(HEX_ID)) found.trace(id);
    addPairs(text, found);
  }
}

/** Every text inside a JSON parameter, or the parameter itself when it is not JSON. */
function stringsIn(value: string): string[] {
  if (!/^[[{]/.test(value)) return [value];
  try {
    const strings: string[] = [];
    JSON.parse(value, (_key, inner: unknown) => {
      if (typeof inner === "string") strings.push(inner);
      return inner;
    });
    return strings;
  } catch {
    return [value];
  }
}

class Found {
  private readonly byKey = new Map<string, KeyCandidate>();
  constructor(readonly hints: readonly KeyHint[]) {}

  add(candidate: KeyCandidate): void {
    const id = `${candidate.kind}:${candidate.value}`;
    if (!this.byKey.has(id)) this.byKey.set(id, candidate);
  }
  trace(text: string): void {
    const value = parseTraceId(text);
    if (value !== undefined) this.add({ kind: "trace", value, label: `Trace ${value.slice(0, 8)}…` });
  }
  /** The kind was said, so the value need only be a possible one. */
  asked(kind: string, text: string): void {
    if (kind === "trace" || kind === "traceparent" || kind === "traceid") {
      const value = parseKnownTraceId(text);
      if (value !== undefined) this.add({ kind: "trace", value, label: `Trace ${value.slice(0, 8)}…` });
      return;
    }
    const hint = this.hints.find((one) => one.kind === kind);
    if (!hint || !KeyKind.safeParse(kind).success) return;
    const value = dropPrefix(text, hint) ?? text;
    if (value.length > MAX_KEY_VALUE_LENGTH) return;
    const opaque = hint.opaque && !isStandIn(hint, value) ? { opaque: hint.opaque } : {};
    this.add({ kind, value, label: `${hint.label} ${value}`, ...opaque });
  }
  byHint(hint: KeyHint, text: string): void {
    const value = dropPrefix(text, hint) ?? text;
    if (fits(value, hint) || fits(oneForm(value, hint), hint)) this.asked(hint.kind, value);
  }
  /** Only kinds that the person may ask by. */
  list(): KeyCandidate[] {
    return [...this.byKey.values()].filter(({ kind }) => this.hints.some((hint) => hint.kind === kind));
  }
}

function dropPrefix(text: string, hint: KeyHint): string | undefined {
  const lower = text.toLowerCase();
  const prefix = [...hint.dropPrefixes]
    .sort((a, b) => b.length - a.length)
    .find((one) => one !== "" && lower.startsWith(one.toLowerCase()) && text.length > one.length);
  return prefix === undefined ? undefined : text.slice(prefix.length).trim();
}

/** `account·K7Q4-2MXD-…`: what a role reads in place of an id, and how addresses name one. */
function isStandIn({ kind, opaque }: KeyHint, text: string): boolean {
  return opaque === true && text.startsWith(`${kind}·`);
}

/** As the key rules will understand it. Only to recognise it: the search is asked with what was pasted. */
function oneForm(value: string, { padTo, anyCase }: KeyHint): string {
  const plain = normaliseValue({ dropPrefixes: [], padTo, fold: "none" }, value);
  return anyCase && plain === plain.toUpperCase() ? plain.toLowerCase() : anyCase ? plain.toUpperCase() : plain;
}

/** Values longer than any id are not tried: the pattern comes from configuration and runs in a backtracking engine. */
function fits(value: string, hint: KeyHint): boolean {
  if (value.length > 128) return false;
  try {
    return new RegExp(`^(?:${hint.valuePattern ?? "[A-Za-z0-9][A-Za-z0-9_.:/@-]{1,127}"})$`).test(value);
  } catch {
    return false;
  }
}

function unwrap(text: string): string {
  return text.replace(/^["'`<({[]+|["'`>)}\],;.]+$/g, "").trim();
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
