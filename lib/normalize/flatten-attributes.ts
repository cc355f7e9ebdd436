/**
 * Nested objects, arrays and JSON inside strings become dotted leaf paths, so that the field catalogue can classify
 * every leaf by its path and nothing hides inside an opaque value.
 */
import type { Attributes, AttributeValue } from "@/lib/domain/timeline-event";

const MAX_LEAVES = 256;
const MAX_DEPTH = 8;
const MAX_VALUE_LENGTH = 8_192;
const MAX_JSON_LENGTH = 65_536;

/** Leaves beyond the caps are dropped and counted under `throughline.dropped_attributes`. Pure; never throws. */
export function flattenAttributes(value: unknown, prefix = ""): Attributes {
  const out: Record<string, AttributeValue> = {};
  const state = { left: MAX_LEAVES, dropped: 0 };
  walk(value, prefix, 0, out, state);
  if (state.dropped > 0) out["throughline.dropped_attributes"] = state.dropped;
  return out;
}

function walk(
  value: unknown,
  path: string,
  depth: number,
  out: Record<string, AttributeValue>,
  state: { left: number; dropped: number },
): void {
  if (value === null || value === undefined) return;
  if (typeof value === "object") {
    if (depth >= MAX_DEPTH) {
      state.dropped++;
      return;
    }
    for (const [name, child] of Object.entries(value)) {
      walk(child, path === "" ? name : `${path}.${name}`, depth + 1, out, state);
    }
    return;
  }
  if (typeof value === "string") {
    const parsed = parseJsonContainer(value);
    if (parsed !== undefined) return walk(parsed, path, depth + 1, out, state);
  }
  if (path === "") return;
  if (state.left === 0) {
    state.dropped++;
    return;
  }
  state.left--;
  // defineProperty: a hostile key `__proto__` becomes a plain property instead of changing the object.
  Object.defineProperty(out, path, { value: leaf(value), enumerable: true, configurable: true, writable: true });
}

function leaf(value: unknown): AttributeValue {
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = String(value);
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}

function parseJsonContainer(text: string): object | undefined {
  const first = text.charCodeAt(0);
  if ((first !== 123 && first !== 91) || text.length > MAX_JSON_LENGTH) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined; // Not JSON after all (`[OrderId: …]`): stays a string leaf.
  }
}
