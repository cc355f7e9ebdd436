/** Spellings of one key in attribute names and values: for building queries and for recognising what came back. */
import type { KeyRule } from "@/lib/domain/key-rule";

/** `order.id` → `order.id`, `order_id`, `order-id`, `orderId`, `OrderId`, `orderID`, `orderid`. Unique, stable order. */
export function attributeSpellings(rule: KeyRule): string[] {
  const spellings = new Set<string>();
  for (const name of rule.attributes) {
    spellings.add(name);
    const words = splitWords(name);
    if (words.length < 2) continue;
    const camel = words.map((word, i) => (i === 0 ? word : capital(word))).join("");
    for (const form of [words.join("."), words.join("_"), words.join("-"), camel, capital(camel), words.join("")]) {
      spellings.add(form);
    }
    if (words.at(-1) === "id") spellings.add(camel.replace(/Id$/, "ID"));
  }
  return [...spellings];
}

/** The value as normalised, and with each configured prefix in front (`48192`, `#48192`, `ORD-48192`). */
export function valueSpellings(rule: KeyRule, value: string): string[] {
  return [...new Set([value, ...rule.dropPrefixes.map((prefix) => prefix + value)])];
}

/** Drops one configured prefix, compared without case. */
export function normaliseValue(rule: KeyRule, value: string): string {
  const text = value.trim();
  if (rule.dropPrefixes.length === 0) return text;
  const lower = text.toLowerCase();
  // Longest first, so that `ORDER-` is not cut as `ORD`.
  for (const prefix of [...rule.dropPrefixes].sort((a, b) => b.length - a.length)) {
    if (lower.startsWith(prefix.toLowerCase()) && text.length > prefix.length) return text.slice(prefix.length);
  }
  return text;
}

/** One comparable form of an attribute name: lower case without `_`, `-`, `.` and spaces. */
export function foldName(name: string): string {
  return name.replace(/[_\-. ]/g, "").toLowerCase();
}

function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[_\-. ]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== "");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
