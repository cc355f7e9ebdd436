/**
 * Structure hidden in a string: JSON (also JSON inside JSON), query strings, `key=value` and `key: value` text. Every
 * leaf gets a path and with it a class of its own, so that nothing travels under the class of the string around it.
 */
import type { FieldClass } from "@/lib/domain/role";
import type { AttributeValue } from "@/lib/domain/timeline-event";
import type { FieldCatalog } from "./field-catalog";
import { parsePairs } from "./parse-pairs";

const MAX_LENGTH = 65_536;
const MAX_LEAVES = 256;
const MAX_DEPTH = 24;
/** Strings inside strings: the value itself and what it holds. */
const MAX_LEVELS = 2;

export interface NestedLeaf {
  readonly path: string;
  readonly value: AttributeValue;
  readonly class: FieldClass;
}

/** `text`: no structure, or more than is read; the value counts as free text. `dropped`: leaves beyond the caps. */
export type Nested =
  | { readonly kind: "leaves"; readonly leaves: readonly NestedLeaf[]; readonly dropped: number }
  | { readonly kind: "text" };

const TEXT: Nested = { kind: "text" };

interface Walk {
  readonly catalog: FieldCatalog;
  readonly leaves: NestedLeaf[];
  dropped: number;
}

/**
 * In: the path of an attribute and its string value. Out: leaves in the order of the text, paths may repeat. A leaf that
 * still holds structure below the second level is `unknown`. Pure; never throws.
 */
export function classifyNested(path: string, value: string, catalog: FieldCatalog): Nested {
  const structure = parseStructure(value);
  if (structure === undefined) return TEXT;
  const state: Walk = { catalog, leaves: [], dropped: 0 };
  walk(structure, path, 0, 1, state);
  return { kind: "leaves", leaves: state.leaves, dropped: state.dropped };
}

function walk(value: unknown, path: string, depth: number, level: number, state: Walk): void {
  if (value === null || value === undefined) return;
  if (depth > MAX_DEPTH || state.leaves.length >= MAX_LEAVES) {
    state.dropped++;
    return;
  }
  if (typeof value === "object") {
    for (const [name, child] of Object.entries(value)) {
      walk(child, path === "" ? name : `${path}.${name}`, depth + 1, level, state);
    }
    return;
  }
  const inner = typeof value === "string" ? parseStructure(value) : undefined;
  if (inner !== undefined && level < MAX_LEVELS) return walk(inner, path, depth + 1, level + 1, state);
  const named = state.catalog.classOf(path);
  state.leaves.push({
    path,
    value: typeof value === "number" || typeof value === "boolean" ? value : String(value),
    class: inner !== undefined && named !== "secret" ? "unknown" : named,
  });
}

/** Undefined when the text has no structure that is known and small enough. */
function parseStructure(text: string): object | undefined {
  if (text.length > MAX_LENGTH || text.length < 2) return undefined;
  const trimmed = text.trim();
  return parseJson(trimmed) ?? parsePairs(trimmed);
}

function parseJson(text: string): object | undefined {
  if (!/^[{["]/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed;
    return typeof parsed === "string" ? parseStructure(parsed) : undefined;
  } catch {
    return undefined; // `[OrderId: …]` only looks like it.
  }
}
