import { describe, expect, it } from "vitest";
import { readRawBody } from "./read-raw-body";

const call = (body: ReadableStream<Uint8Array> | string, headers: Record<string, string> = {}) =>
  new Request("http://receiver/", { method: "POST", headers, body, duplex: "half" } as RequestInit);
const parts = (...texts: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const text of texts) controller.enqueue(Buffer.from(text));
      controller.close();
    },
  });

describe("readRawBody", () => {
  it("joins the parts of a body, byte for byte", async () => {
    expect((await readRawBody(call(parts("ä", "b", "")))).toString()).toBe("äb");
    expect((await readRawBody(new Request("http://receiver/", { method: "POST" }))).length).toBe(0);
  });

  it("refuses what ends before its length, breaks, or never ends", async () => {
    const CUT = { code: "bad-request", field: "body" };
    await expect(readRawBody(call(parts("half"), { "content-length": "10" }))).rejects.toMatchObject(CUT);
    const breaking = new ReadableStream<Uint8Array>({ start: (one) => one.error(new Error("aborted")) });
    await expect(readRawBody(call(breaking))).rejects.toMatchObject(CUT);
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      start: (one) => one.enqueue(Buffer.from("more to come")),
      cancel: () => void (isCancelled = true),
    });
    await expect(readRawBody(call(endless), 1)).rejects.toMatchObject(CUT);
    expect(isCancelled).toBe(true);
  });
});
