/** `| json`, `| logfmt`, `| regexp`, `| pattern` and `| unpack`. A line they cannot read stays, with `__error__`. */
import type { SyntaxNode } from "@lezer/common";
import { Refusal } from "../demo-server";
import { compileRe2 } from "../re2-pattern";
import { flattenJson } from "./flatten-json";
import type { LineState } from "./line-state";
import { parseLogfmt } from "./logfmt";
import { type LogqlTree, listOf, stringOf, textOf } from "./logql-tree";

type Stage = (state: LineState) => boolean;

export function lineParserOf(tree: LogqlTree, node: SyntaxNode): Stage {
  const has = (name: string): boolean => node.getChild(name) !== null;
  const wanted = extractionsOf(tree, node);
  if (has("Json")) return wanted.length === 0 ? parseJson : extractJson(wanted);
  if (has("Logfmt")) return wanted.length === 0 ? parseLogfmtLine : extractLogfmt(wanted);
  if (has("Unpack")) return unpack;
  if (has("Regexp")) return regexpOf(stringOf(tree, node));
  return regexpOf(patternSource(stringOf(tree, node)));
}

interface Extraction {
  readonly label: string;
  readonly path: string;
}

function extractionsOf(tree: LogqlTree, node: SyntaxNode): Extraction[] {
  return listOf(node, "LabelExtractionExpression", ["LabelExtractionExpressionList"]).map((item) => {
    const label = textOf(tree, item.getChild("Identifier"));
    return { label, path: item.getChild("String") === null ? label : stringOf(tree, item) };
  });
}

function parseJson(state: LineState): boolean {
  const { fields, broken } = flattenJson(state.line);
  state.addParsed(fields);
  if (broken) state.setError("JSONParserErr", "Value looks like object, but can't find closing '}' symbol");
  return true;
}

function extractJson(wanted: readonly Extraction[]): Stage {
  return (state) => {
    const whole = parsedOrNothing(state.line);
    if (whole === undefined) {
      state.setError("JSONParserErr");
      return true;
    }
    const found = wanted.map(({ label, path }) => [label, valueAt(whole, path)] as const);
    state.addParsed(Object.fromEntries(found.filter(([, value]) => value !== "")));
    return true;
  };
}

function parsedOrNothing(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** `order.id` and `order["id"]` walk into objects; a missing member is the empty text. */
function valueAt(whole: unknown, path: string): string {
  const names = path
    .replace(/\["([^"]*)"\]/gu, ".$1")
    .split(".")
    .filter((part) => part !== "");
  let held: unknown = whole;
  for (const name of names) {
    if (typeof held !== "object" || held === null) return "";
    held = Object.entries(held).find(([key]) => key === name)?.[1];
  }
  if (held === undefined || held === null) return "";
  return typeof held === "object" ? JSON.stringify(held) : String(held);
}

function parseLogfmtLine(state: LineState): boolean {
  const { fields, broken } = parseLogfmt(state.line);
  state.addParsed(fields);
  if (broken) state.setError("LogfmtParserErr");
  return true;
}

function extractLogfmt(wanted: readonly Extraction[]): Stage {
  return (state) => {
    const { fields } = parseLogfmt(state.line);
    const found = wanted.map(({ label, path }) => [label, fields[path] ?? ""] as const);
    state.addParsed(Object.fromEntries(found.filter(([, value]) => value !== "")));
    return true;
  };
}

/** Only the top-level texts of a packed line; `_entry` becomes the line again. */
function unpack(state: LineState): boolean {
  const { fields, broken } = flattenJson(state.line);
  if (broken) {
    state.setError("JSONParserErr", "expecting json object(6), but it is not");
    return true;
  }
  const { _entry: entry, ...others } = fields;
  state.addParsed(others);
  if (entry !== undefined) state.line = entry;
  return true;
}

function regexpOf(source: string): Stage {
  const pattern = compileRe2(source);
  if (pattern === undefined) throw new Refusal(400, `parse error : error parsing regexp: \`${source}\``);
  return (state) => {
    const groups = Object.entries(pattern.namedGroups(state.line) ?? {}).filter(([, value]) => value !== "");
    state.addParsed(Object.fromEntries(groups));
    return true;
  };
}

/** `<name>` captures the shortest text up to the next literal; `<_>` captures nothing. */
function patternSource(pattern: string): string {
  const parts = pattern.split(/(<[A-Za-z_][A-Za-z0-9_]*>)/u);
  const last = parts.at(-1) === "" ? parts.length - 2 : -1;
  const sources = parts.map((part, at) => {
    const name = /^<([A-Za-z_][A-Za-z0-9_]*)>$/u.exec(part)?.[1];
    if (name === undefined) return part.replace(/[\\.+*?()|[\]{}^$]/gu, "\\$&");
    const lazy = at === last ? ".*" : ".*?";
    return name === "_" ? lazy : `(?P<${name}>${lazy})`;
  });
  return `^${sources.join("")}`;
}
