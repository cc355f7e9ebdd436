/** How ids of one kind are spelled in attributes and in prose. Data: from defaults and `throughline.yaml`. */
import { z } from "zod";
import { KeyKind } from "./correlation-key";

export const KeyRule = z.strictObject({
  /** Shown in "why is this here": `found by rule "order id"`. */
  name: z.string().min(1).max(80),
  kind: KeyKind,
  /**
   * Attribute spellings, compared after lower-casing and dropping `_`, `-`, `.` and spaces, on the whole path or its
   * last segments: `order.id` matches `order_id`, `orderId`, `Order Id`, `app.order.id`.
   */
  attributes: z.array(z.string().min(1)).default([]),
  /** Nouns that stand before an id in prose or a URL: `order #48192`, `/orders/48192`. */
  words: z.array(z.string().regex(/^[A-Za-z][A-Za-z -]{1,31}$/)).default([]),
  /** Further RE2 patterns over free text; the first capture group is the value. */
  text: z.array(z.string().min(1)).default([]),
  /** What a value must look like in full (RE2). Guards against joining on `0`, `null` or a word. */
  value: z.string().default("[A-Za-z0-9][A-Za-z0-9_.:/@-]{1,127}"),
  /** Prefixes dropped from pasted and found values: `#48192` and `ORD-48192` are `48192` only when listed here. */
  dropPrefixes: z.array(z.string().min(1).max(32)).max(8).default([]),
  /**
   * Widths to which programs fill a number with zeros: with `[6]`, `048192` is `48192`, because it is six digits wide.
   * Widths and not "drop all zeros": a search must be able to ask for every spelling, so there can only be so many.
   */
  padTo: z.array(z.number().int().min(2).max(32)).max(4).default([]),
  /** `lower` and `upper`: case does not matter, and this is the form shown. `none`: `AB-1` and `ab-1` are two ids. */
  fold: z.enum(["none", "lower", "upper"]).default("none"),
});
export type KeyRule = z.infer<typeof KeyRule>;
export type KeyRuleInput = z.input<typeof KeyRule>;

/** Whether finding a key of kind `from` may lead to asking about keys of kind `to` seen in the same record. */
export const ExpansionRule = z.strictObject({
  from: KeyKind,
  to: KeyKind,
  /** `always`: followed within the budget. `on-request`: offered as "widen". */
  follow: z.enum(["always", "on-request"]),
});
export type ExpansionRule = z.infer<typeof ExpansionRule>;
