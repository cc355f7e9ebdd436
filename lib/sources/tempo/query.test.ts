import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { searchWindows, traceqlInteger, traceqlName } from "./query";

const hostile = ['"', "\\", "`", "{", "}", "|", "&&", "=", "\n", "\0", "//", "/*", " ", "nil", "48", "\ud800"];
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.integer({ min: 0 }).map(String),
  fc.array(fc.constantFrom(...hostile), { maxLength: 30 }).map((parts) => parts.join("")),
);

describe("TraceQL names and numbers", () => {
  it("writes a number only when it is one that fits", () => {
    expect(traceqlInteger("9223372036854775807")).toBe("9223372036854775807");
    for (const text of ["9223372036854775808", "007", "-1", "1.0", "1e3", "48192 "]) {
      expect(traceqlInteger(text)).toBeUndefined();
    }
  });

  it("quotes attribute names so that no configured name changes the query", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const attribute = traceqlName("span", name);
        if (name === "" || name.includes("\0") || !name.isWellFormed()) {
          expect(attribute).toBeUndefined();
          return;
        }
        expect(attribute?.startsWith('span."')).toBe(true);
        // Between the outer quotes every quote is escaped, so the name cannot end early.
        const inside = (attribute ?? "").slice('span."'.length, -1);
        expect(inside.replace(/\\[\\"]/g, "")).not.toMatch(/["\\]/);
        expect(inside.replace(/\\([\\"])/g, "$1")).toBe(name);
      }),
    );
  });
});

describe("search windows", () => {
  const at = (seconds: number) => epochNsFromMs(seconds * 1000);

  it("are whole seconds that hold the whole window", () => {
    const window = { fromNs: epochNsFromMs(1_795_442_400_900), toNs: epochNsFromMs(1_795_442_401_001) };
    expect(searchWindows(window, 3600)).toMatchObject([{ startSeconds: 1_795_442_400, endSeconds: 1_795_442_402 }]);
  });

  it("end after they start even for an empty window", () => {
    expect(searchWindows({ fromNs: at(100), toNs: at(100) }, 3600)).toMatchObject([
      { startSeconds: 100, endSeconds: 101 },
    ]);
  });

  it("cover a long window without gaps, newest first", () => {
    expect(searchWindows({ fromNs: at(0), toNs: at(250) }, 100)).toMatchObject([
      { startSeconds: 150, endSeconds: 250 },
      { startSeconds: 50, endSeconds: 150 },
      { startSeconds: 0, endSeconds: 50 },
    ]);
  });
});
