/** The bytes of a delivery as checked JSON, or our own words for why not. Pure; never throws. */
import type { z } from "zod";

export type ReadBody<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: string };

/** `fields` are named in the refusal; what was sent is not repeated. */
export function readJsonBody<Schema extends z.ZodType>(body: Uint8Array, schema: Schema): ReadBody<z.infer<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return { ok: false, refusal: "The body is not JSON." };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const field = parsed.error.issues[0]?.path.filter((part) => typeof part === "string").join(".");
  return { ok: false, refusal: field ? `The field ${field} is not as expected.` : "The body is not as expected." };
}
