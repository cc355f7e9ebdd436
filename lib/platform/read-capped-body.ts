/**
 * Reads a response body as text and stops at a byte cap counted AFTER decompression.
 *
 * undici's own `maxResponseSize` counts wire bytes: with a limit of 1 MiB a gzip of 204 KB still became 200 MiB.
 */
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

export type CappedBody =
  | { readonly end: "complete"; readonly text: string; readonly bytes: number }
  /** `text` is what arrived before the end. */
  | { readonly end: "too-large" | "cut-off"; readonly text: string; readonly bytes: number };

/** Encoded bytes beyond the cap that a tiny, badly compressed body may need for headers and trailers. */
const WIRE_SLACK_BYTES = 64 * 1024;

/**
 * Destroys `body` in all cases. Never rejects: a stream error, a wrong length or broken compression is `cut-off`.
 * An encoding that we did not ask for is passed through; the adapter's parser then calls it a bad response.
 */
export async function readCappedBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<CappedBody> {
  const decoded = decodedBy(body, encoding, maxBytes);
  const text = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  const upTo = (end: CappedBody["end"]): CappedBody => ({ end, text: parts.join("") + text.decode(), bytes });
  try {
    for await (const chunk of decoded as AsyncIterable<Buffer>) {
      const room = maxBytes - bytes;
      bytes += Math.min(chunk.length, room);
      parts.push(text.decode(chunk.subarray(0, room), { stream: true }));
      if (chunk.length > room) return upTo("too-large");
    }
    return upTo("complete");
  } catch (error) {
    return upTo(error instanceof WireCapError ? "too-large" : "cut-off");
  } finally {
    decoded.destroy();
    body.destroy();
  }
}

class WireCapError extends Error {}

function decodedBy(body: Readable, encoding: string | undefined, maxBytes: number): Readable {
  const decoder = decoderOf(encoding?.trim().toLowerCase());
  if (decoder === undefined) return body;
  // Empty gzip members decode to nothing, so an endless row of them would never meet the decoded cap.
  const limit = maxBytes + WIRE_SLACK_BYTES;
  const counted = async function* (source: AsyncIterable<Buffer>) {
    let wireBytes = 0;
    for await (const chunk of source) {
      wireBytes += chunk.length;
      if (wireBytes > limit) throw new WireCapError();
      yield chunk;
    }
  };
  // The callback only keeps the error from being thrown: it reaches the reader through the decoder.
  return pipeline(body, counted, decoder, () => undefined);
}

function decoderOf(encoding: string | undefined) {
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      return undefined;
  }
}
