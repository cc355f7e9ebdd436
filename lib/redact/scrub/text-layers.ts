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
  const layers: TextLayer[] = [{ text, original: (span) => span }];
  for (let last = layers[0]; last && ENCODED.test(last.text); last = layers.at(-1)) {
    const decoded = decodeOnce(last.text);
    if (!decoded) break;
    if (layers.length > MAX_ROUNDS) throw new Error("text is encoded too often");
    const below = last;
    layers.push({
      text: decoded.text,
      original: ({ start, end }) =>
        below.original({ start: decoded.starts[start] ?? 0, end: decoded.ends[end - 1] ?? below.text.length }),
    });
  }
  return layers;
}
