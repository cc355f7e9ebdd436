/** An answer that breaks under way ends with a code and an id: nothing of what was read so far, nothing of the error. */
import { describe, expect, it } from "vitest";
import { catchProblems } from "@/app/api/catch-problems";
import type { Access } from "@/lib/domain/access";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { anEvent } from "@/lib/domain/testing/an-event";
import { anAccess } from "@/lib/redact/testing/an-access";
import { encodeFrames } from "@/lib/stream/encode-frames";
import { openTimeline } from "./open-timeline";
import { anInstallation } from "./testing/an-installation";

const NOW = 1_795_446_900_000;
const ASKED = {
  keys: [{ kind: "order", value: "48192" }],
  window: { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) },
};
const boom = () => {
  throw new Error("zqboom");
};

async function stream(access: Access): Promise<string> {
  const event = anEvent({ title: "zqtitle", text: "zqtext", attributes: { "order.id": "48192", note: "zqnote" } });
  const deps = anInstallation({ "loki/main": () => ({ events: [event] }) }, () => NOW);
  const { signal } = new AbortController();
  const frames = openTimeline(access, ASKED, deps, signal);
  const options = { requestId: "request-1", signal, finished: () => undefined };
  return new Response(encodeFrames(frames, options)).text();
}

/** A policy that throws when it is read: by whichever part comes first. */
function broken(part: "rows" | "classes"): Access {
  const access = anAccess("engineer");
  const role = Object.defineProperty({ ...access.lenses[0]!.role }, part, { get: boom });
  return { ...access, lenses: [{ ...access.lenses[0]!, role }] };
}

describe("an answer whose policy cannot be read", () => {
  it.each(["rows", "classes"] as const)("ends without a row: %s", async (part) => {
    const text = await stream(broken(part));
    expect(text).not.toMatch(/zq/);
    expect(text.trim().split("\n").at(-1)).toBe(
      JSON.stringify({ type: "error", code: "internal", requestId: "request-1" }),
    );
  });

  it("has the row when it can be read, so that the test above can fail", async () => {
    const text = await stream(anAccess("engineer"));
    for (const canary of ["zqtitle", "zqtext", "zqnote"]) expect(text).toContain(canary);
  });
});

describe("a handler that throws", () => {
  it.each(["policy", "session", "grants", "reveals"])("answers 500 with an id and nothing else: %s", async (what) => {
    const handler = catchProblems("test", () => Promise.reject(new Error(`zqboom of ${what}`)));
    const answer = await handler(new Request("http://a.example/"), {});
    expect(answer.status).toBe(500);
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    const body = await answer.text();
    expect(body).not.toContain("zqboom");
    expect(Object.keys(JSON.parse(body)).sort()).toEqual(["code", "requestId", "status", "title", "type"]);
  });
});
