import { Readable } from "node:stream";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readCappedBody } from "./read-capped-body";

const text = "täglich ".repeat(50);
const bytes = Buffer.byteLength(text);

/** One byte at a time: cuts every multi-byte character. */
const bytewise = (body: Buffer) => Readable.from([...body].map((byte) => Buffer.from([byte])));

describe("reading a body", () => {
  it.each([
    ["gzip", gzipSync(text)],
    ["x-gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["br", brotliCompressSync(text)],
    [undefined, Buffer.from(text)],
    ["identity", Buffer.from(text)],
  ])("decodes %s whatever the sizes of the pieces", async (encoding, body) => {
    expect(await readCappedBody(bytewise(body), encoding, 10_000)).toEqual({ end: "complete", text, bytes });
  });

  it.each([
    ["gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["br", brotliCompressSync(text)],
  ])("calls %s that ends early cut off", async (encoding, body) => {
    const cut = Readable.from([body.subarray(0, body.length - 3)]);
    expect(await readCappedBody(cut, encoding, 10_000)).toMatchObject({ end: "cut-off" });
  });

  it("keeps what came before a connection broke", async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("first");
        await Promise.resolve();
        throw new Error("reset");
      })(),
    );
    expect(await readCappedBody(broken, undefined, 100)).toEqual({ end: "cut-off", text: "first", bytes: 5 });
  });

  it("stops a bomb at the cap and stops reading it", async () => {
    const bomb = Readable.from([gzipSync(Buffer.alloc(20_000_000))]);
    expect(await readCappedBody(bomb, "gzip", 1000)).toMatchObject({ end: "too-large", bytes: 1000 });
    expect(bomb.destroyed).toBe(true);
  });

  it("stops an endless row of empty gzip members, which decode to nothing", async () => {
    const nothing = gzipSync("");
    const endless = Readable.from(
      (function* () {
        for (;;) yield nothing;
      })(),
    );
    expect(await readCappedBody(endless, "gzip", 1000)).toMatchObject({ end: "too-large", bytes: 0 });
  });
});
