import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InstallationKeys } from "./installation-key";
import { createSealer, keyIdOfSealed, SealBrokenError, sealKeyId, type SealPlace, type SealProblem } from "./seal";

const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const keys = (current: Buffer, ...previous: Buffer[]): InstallationKeys => ({ current, previous });
const sealer = createSealer(keys(first), "sources.secrets");
const place: SealPlace = { table: "sources", id: "0190", column: "secrets" };

function problemOf(run: () => unknown): SealProblem | "opened" {
  try {
    run();
  } catch (error) {
    if (error instanceof SealBrokenError) return error.problem;
    throw error;
  }
  return "opened";
}

describe("a sealed value", () => {
  it("opens to the text that was sealed, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(sealer.unseal(sealer.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it("holds nothing of the text, and never looks the same twice", () => {
    const sealed = sealer.seal("glsa_canary", place);
    expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/);
    expect(sealed).not.toContain("canary");
    expect(Buffer.from(sealed.split(".")[3] ?? "", "base64url").toString("latin1")).not.toContain("canary");
    expect(sealer.seal("glsa_canary", place)).not.toBe(sealed);
  });

  it.each([
    ["row", { ...place, id: "0191" }],
    ["column", { ...place, column: "settings" }],
    ["table", { ...place, table: "share_links" }],
    ["split of the same letters", { table: "source", id: place.id, column: "ssecrets" }],
  ])("does not open in another %s", (_, other) => {
    expect(problemOf(() => sealer.unseal(sealer.seal("x", place), other))).toBe("changed");
  });

  it("does not open as a value of another purpose", () => {
    const other = createSealer(keys(first), "share_links.question");
    expect(problemOf(() => other.unseal(sealer.seal("x", place), place))).toBe("changed");
  });

  it("does not open once any character of it was changed", () => {
    const sealed = sealer.seal("some text", place);
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === "A" ? "B" : "A";
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(
        problemOf(() => sealer.unseal(changed, place)),
        `character ${String(at)}`,
      ).not.toBe("opened");
    }
  });

  it("does not open when it was cut off or added to", () => {
    const sealed = sealer.seal("some text", place);
    for (let length = 0; length < sealed.length; length++) {
      expect(problemOf(() => sealer.unseal(sealed.slice(0, length), place))).not.toBe("opened");
    }
    for (const more of ["A", "AA", "=", ".", "\n", " "]) {
      expect(problemOf(() => sealer.unseal(sealed + more, place))).not.toBe("opened");
    }
  });

  it.each(["", "secret", "v2.AAAAAAAA.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA", "v1...."])(
    "is not %j: plain text in its place is refused, not handed on",
    (text) => {
      expect(problemOf(() => sealer.unseal(text, place))).toBe("malformed");
    },
  );
});

describe("a change of the key", () => {
  const sealed = sealer.seal("some text", place);

  it("leaves values of a former key readable and says that they are old", () => {
    const after = createSealer(keys(second, first), "sources.secrets");
    expect(after.unseal(sealed, place)).toBe("some text");
    expect(after.isCurrent(sealed)).toBe(false);
    const anew = after.seal("some text", place);
    expect(after.isCurrent(anew)).toBe(true);
    expect(keyIdOfSealed(anew)).toBe(sealKeyId(second));
    expect(problemOf(() => sealer.unseal(anew, place))).toBe("unknown-key");
  });

  it("locks them once the former key is gone", () => {
    const after = createSealer(keys(second), "sources.secrets");
    expect(problemOf(() => after.unseal(sealed, place))).toBe("unknown-key");
  });

  it("is not undone by writing another key's id into the value", () => {
    const after = createSealer(keys(second, first), "sources.secrets");
    const relabelled = sealed.replace(sealKeyId(first), sealKeyId(second));
    expect(problemOf(() => after.unseal(relabelled, place))).toBe("changed");
  });
});
