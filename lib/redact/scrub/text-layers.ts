/** A text as it stands and as it reads after each round of decoding, with the way back to the original. */
import { decodeOnce, ENCODED } from "./decode-once";
import type { Span } from "./span";

/** JSON in JSON in JSON needs three; what is still encoded after this is nothing a person wrote. */
const MAX_ROUNDS = 6;

export interface TextLayer {
  readonly text: string;
  /** The part of the original text that a part of this layer came from. */
  original(span: Span): Span;
}

/** First the text itself. Throws when it is encoded more often than is read: the caller withholds it. */
export function textLayers(text: string): TextLayer[] {
  let last: TextLayer = { text, original: (span) => span };
  const layers = [last];
  for (let round = 0; round <= MAX_ROUNDS; round++) {
    const below = last;
    const decoded = ENCODED.test(below.text) ? decodeOnce(below.text) : undefined;
    if (!decoded) return layers;
    last = {
      text: decoded.text,
      original: ({ start, end }) =>
        below.original({ start: decoded.starts[start] ?? 0, end: decoded.ends[end - 1] ?? below.text.length }),
    };
    layers.push(last);
  }
  throw new Error("text is encoded too often");
}
