/**
 * Request → TraceQL. Pure.
 *
 * TraceQL types are strict: `= "123"` never matches an integer 123, and there is no list operator, so a key becomes one
 * disjunction over its spellings, scopes and types. Values reach a query only through `traceqlString` and
 * `traceqlInteger`; names only from configuration, through `traceqlName`.
 */
import { durationNs, epochMs, epochNsFromMs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { KeyRule } from "@/lib/domain/key-rule";
import type { TimeWindow } from "@/lib/domain/time-window";
import { attributeSpellings, valueSpellings } from "@/lib/normalize/attribute-spellings";

const MAX_VALUE_LENGTH = 1024;
const SCOPES = ["span", "resource"];
const MAX_INT64 = 9_223_372_036_854_775_807n;

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

/** `{ span."order.id" = "48192" || span."order.id" = 48192 || … }`. Undefined when the value cannot be searched for. */
export function buildKeyQuery(rules: readonly KeyRule[], value: string): string | undefined {
  if (traceqlString(value) === undefined) return undefined;
  const conditions = rules.flatMap((rule) => {
    const literals = valueSpellings(rule, value).flatMap((text) => traceqlString(text) ?? []);
    const integer = traceqlInteger(value);
    if (integer !== undefined) literals.push(integer);
    const names = attributeSpellings(rule).flatMap((name) => SCOPES.flatMap((scope) => traceqlName(scope, name) ?? []));
    return names.flatMap((name) => literals.map((literal) => `${name} = ${literal}`));
  });
  return conditions.length === 0 ? undefined : `{ ${[...new Set(conditions)].join(" || ")} }`;
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
