/**
 * Request → TraceQL. Pure.
 *
 * TraceQL types are strict: `= "123"` never matches an integer 123, and there is no list operator, so a key becomes a
 * disjunction over its spellings, scopes and types. Tempo takes it in the URL only, and proxies refuse long ones, so the
 * disjunction is cut into searches that are short enough. Values reach a query only through `traceqlString` and
 * `traceqlInteger`; names only from configuration, through `traceqlName`.
 */
import { durationNs, epochMs, epochNsFromMs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { KeyRule } from "@/lib/domain/key-rule";
import type { TimeWindow } from "@/lib/domain/time-window";
import { attributeSpellings, valueSpellings } from "@/lib/normalize/attribute-spellings";

const MAX_VALUE_LENGTH = 1024;
const SCOPES = ["span", "resource"];
const OR = " || ";
const MAX_INT64 = 9_223_372_036_854_775_807n;
/**
 * Bytes of the conditions of one search as the URL carries them. With braces, path and the other parameters the request
 * stays below 6,000; what is left of the 8 KB that nginx and Apache take is for the path a proxy itself listens on.
 */
const MAX_CONDITION_BYTES = 5_880;
/** Searches for one key. The built-in rules need two; far more would keep the trace store busy for one question. */
const MAX_PARTS = 16;

/**
 * A Go string literal. Without control characters JSON writes two escapes only, `\"` and `\\`, which Tempo's lexer and
 * Grafana's grammar both know. Undefined for control characters, for lone surrogates, which have no Go form, and for
 * blank values, which would match spans whose attribute is empty.
 */
export function traceqlString(value: string): string | undefined {
  if (value.trim() === "" || value.length > MAX_VALUE_LENGTH) return undefined;
  if (/\p{Cc}/u.test(value) || !value.isWellFormed()) return undefined;
  return JSON.stringify(value);
}

/** The value as an integer literal, when that is how an instrumented program would have written it as a number. */
export function traceqlInteger(value: string): string | undefined {
  if (!/^(?:0|[1-9]\d{0,18})$/.test(value) || BigInt(value) > MAX_INT64) return undefined;
  return value;
}

/** A scoped attribute in the quoted form, which any name fits but one with NUL or lone surrogates. */
export function traceqlName(scope: string, name: string): string | undefined {
  if (name === "" || name.includes("\0") || !name.isWellFormed()) return undefined;
  return `${scope}."${name.replace(/[\\"]/g, "\\$&")}"`;
}

export interface KeyQueries {
  /** Each short enough for a URL; a trace carries the key when any of them finds it. Empty when none can be written. */
  readonly parts: readonly string[];
  /** Alternatives in none of the parts, because they are too many or one alone is too long. */
  readonly unasked: number;
}

/** `{ span."order.id" = "48192" || span."order_id" = "48192" || … }`, the bare value before prefixed and padded ones. */
export function buildKeyQueries(rules: readonly KeyRule[], value: string): KeyQueries {
  if (traceqlString(value) === undefined) return { parts: [], unasked: 0 };
  const parts: { readonly conditions: string[]; bytes: number }[] = [];
  let unasked = 0;
  for (const condition of keyConditions(rules, value)) {
    const bytes = encodedBytes(OR + condition);
    const last = parts.at(-1);
    if (bytes > MAX_CONDITION_BYTES) unasked++;
    else if (last !== undefined && last.bytes + bytes <= MAX_CONDITION_BYTES) {
      last.conditions.push(condition);
      last.bytes += bytes;
    } else if (parts.length < MAX_PARTS) parts.push({ conditions: [condition], bytes });
    else unasked++;
  }
  return { parts: parts.map(({ conditions }) => `{ ${conditions.join(OR)} }`), unasked };
}

/** Unique, the likeliest first: what does not fit is then the least likely. */
function keyConditions(rules: readonly KeyRule[], value: string): string[] {
  const integer = traceqlInteger(value);
  const byRule = rules.map((rule) => {
    const names = attributeSpellings(rule).flatMap((name) => SCOPES.flatMap((scope) => traceqlName(scope, name) ?? []));
    const [bare = [], ...others] = valueSpellings(rule, value).map((text) => traceqlString(text) ?? []);
    const literals = [bare, integer ?? [], ...others].flat();
    return literals.map((literal) => names.map((name) => `${name} = ${literal}`));
  });
  const most = Math.max(0, ...byRule.map((literals) => literals.length));
  return [
    ...new Set(Array.from({ length: most }, (_, rank) => byRule.flatMap((literals) => literals[rank] ?? [])).flat()),
  ];
}

/** As `SourceHttp` writes it. */
function encodedBytes(text: string): number {
  return new URLSearchParams([["", text]]).toString().length - "=".length;
}

export interface SearchWindow {
  /** Unix seconds. Nanoseconds are refused by Tempo, or worse, accepted as nonsense. */
  readonly startSeconds: number;
  /** Always after the start. */
  readonly endSeconds: number;
  readonly window: TimeWindow;
}

/** Slices no wider than the server allows, newest first: a question that runs out of budget has the recent part. */
export function searchWindows(window: TimeWindow, maxSeconds: number): SearchWindow[] {
  const slices: SearchWindow[] = [];
  const startSeconds = Math.floor(epochMs(window.fromNs) / 1000);
  for (let endSeconds = ceilSeconds(window); endSeconds > startSeconds;) {
    const from = Math.max(startSeconds, endSeconds - maxSeconds);
    slices.push(searchWindow(from, endSeconds));
    endSeconds = from;
  }
  return slices;
}

/** A slice in two at an instant of it, newest first; none when it is of one second. */
export function slicesAt({ startSeconds, endSeconds }: SearchWindow, at: EpochNs): SearchWindow[] {
  if (endSeconds - startSeconds < 2) return [];
  const middle = Math.floor(epochMs(at) / 1000);
  const cut = Math.min(endSeconds - 1, Math.max(startSeconds + 1, middle));
  return [searchWindow(cut, endSeconds), searchWindow(startSeconds, cut)];
}

/** The window as Tempo can be asked for it: never narrower, at least one second. */
export function wholeSeconds(window: TimeWindow): TimeWindow {
  return searchWindow(Math.floor(epochMs(window.fromNs) / 1000), ceilSeconds(window)).window;
}

function searchWindow(startSeconds: number, endSeconds: number): SearchWindow {
  const window = { fromNs: epochNsFromMs(startSeconds * 1000), toNs: epochNsFromMs(endSeconds * 1000) };
  return { startSeconds, endSeconds, window };
}

/** The first whole second at or after the end, at least one second after the start. */
function ceilSeconds(window: TimeWindow): number {
  const seconds = Math.floor(epochMs(window.toNs) / 1000);
  const whole = epochNsFromMs(seconds * 1000);
  const ceiling = durationNs(whole, window.toNs) > 0n ? seconds + 1 : seconds;
  return Math.max(ceiling, Math.floor(epochMs(window.fromNs) / 1000) + 1);
}
