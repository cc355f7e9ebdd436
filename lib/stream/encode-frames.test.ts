import { describe, expect, it, vi } from "vitest";
import { encodeFrames } from "./encode-frames";

/** Frames that a source holds back for ever. */
async function* silent(): AsyncGenerator<never> {
  await new Promise(() => undefined);
}

function open(signal: AbortSignal) {
  const finished = vi.fn();
  const reader = encodeFrames(silent(), { requestId: "r1", signal, finished }).getReader();
  return { reader, finished };
}

describe("a stream", () => {
  it("ends at once when it is cut, though a source is still silent", async () => {
    const cut = new AbortController();
    const { reader, finished } = open(cut.signal);
    const next = reader.read();
    cut.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(finished).toHaveBeenCalledTimes(1);
  });

  it("ends when it is cut while its reader has stopped reading", () => {
    const cut = new AbortController();
    const { finished } = open(cut.signal);
    cut.abort();
    expect(finished).toHaveBeenCalledTimes(1);
  });

  it("that was cut before it began says nothing", async () => {
    const { reader, finished } = open(AbortSignal.abort());
    expect(await reader.read()).toEqual({ done: true, value: undefined });
    expect(finished).toHaveBeenCalledTimes(1);
  });

  it("whose reader left is over once, also when it is cut afterwards", async () => {
    const cut = new AbortController();
    const { reader, finished } = open(cut.signal);
    void reader.cancel();
    cut.abort();
    expect(finished).toHaveBeenCalledTimes(1);
  });
});
