/**
 * What a log line says beyond its text: fields of JSON and logfmt lines, container wrappers taken off, ANSI removed.
 * Parsing here instead of in LogQL keeps the query cheap and the answer the same for every query that finds the line.
 * Pure; never throws; linear in the line.
 */
import type { Attributes } from "@/lib/domain/timeline-event";
import { flattenAttributes } from "@/lib/normalize/flatten-attributes";
import { stripAnsi } from "./strip-ansi";

export interface ParsedLine {
  /** The message as the program wrote it: the content of a container wrapper, else the line. */
  readonly text: string;
  /** One line without ANSI codes and control characters, at most 300 characters. */
  readonly title: string;
  readonly fields: Attributes;
}

const MAX_PARSED_LENGTH = 65_536;
const MAX_TITLE_LENGTH = 300;
const MESSAGE_FIELDS = ["msg", "message", "Message", "body", "event"];
const CRI = /^\d{4}-\d\d-\d\dT\S{1,40} (stdout|stderr) [FP] /;
const PAIR = /(?:^|[\s,;[({])([A-Za-z_][\w.\-]{0,63})=("(?:[^"\\]|\\.)*"|[^\s"]*)/g;

export function parseLine(line: string): ParsedLine {
  const cri = CRI.exec(line);
  if (cri) return withFields(line.slice(cri[0].length), { stream: cri[1] ?? "" });
  const object = parseObject(line);
  const wrapped = object?.["log"];
  // Docker's json-file driver: {"log":"…\n","stream":"stdout","time":"…"}.
  if (object !== undefined && typeof wrapped === "string" && ("stream" in object || "time" in object)) {
    return withFields(wrapped.replace(/\n$/, ""), flattenAttributes(omit(object, "log")));
  }
  return withFields(line, {}, object);
}

/** Without terminal colours and control characters; bidirectional overrides, which reorder what people read, go too. */
export function plainTitle(text: string): string {
  const plain = stripAnsi(text.slice(0, MAX_TITLE_LENGTH * 4))
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .trim();
  return plain.length > MAX_TITLE_LENGTH ? `${plain.slice(0, MAX_TITLE_LENGTH).toWellFormed()}…` : plain;
}

function withFields(text: string, outer: Attributes, known?: Record<string, unknown>): ParsedLine {
  const object = known ?? parseObject(text);
  const fields = object === undefined ? pairsOf(text) : flattenAttributes(object);
  const message = MESSAGE_FIELDS.map((name) => fields[name]).find((value) => typeof value === "string" && value !== "");
  return { text, title: plainTitle(typeof message === "string" ? message : text), fields: { ...outer, ...fields } };
}

/** A JSON object, with integers beyond 2^53 as text so that a long order number does not change its last digits. */
function parseObject(text: string): Record<string, unknown> | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}") || trimmed.length > MAX_PARSED_LENGTH) return undefined;
  const exact = /\d{16}/.test(trimmed) ? quoteLongIntegers(trimmed) : trimmed;
  try {
    const parsed: unknown = JSON.parse(exact);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined; // Broken or cut-off JSON stays text.
  }
}

function quoteLongIntegers(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}

/** `key=value` and `key="quoted value"` anywhere in the line. The first of equal names wins, as in Loki. */
function pairsOf(text: string): Attributes {
  const pairs: [string, string][] = [];
  for (const [, name = "", value = ""] of stripAnsi(text.slice(0, MAX_PARSED_LENGTH)).matchAll(PAIR)) {
    if (value !== "") pairs.push([name, value.startsWith('"') ? unquote(value) : value.replace(/[,;)\]}]+$/, "")]);
  }
  return flattenAttributes(Object.fromEntries(pairs.reverse()));
}

function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\([nrt"\\])/g, (_, c: string) => ({ n: "\n", r: "\r", t: "\t" })[c] ?? c);
}

function omit(object: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
