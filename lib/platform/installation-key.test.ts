import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveFrom, readInstallationKeys, type KeySettings } from "./installation-key";
import { OperatorError } from "./operator-error";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "throughline-key-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (settings: Partial<KeySettings> = {}) =>
  readInstallationKeys({ DATA_DIR: path.join(folder, "data"), ...settings });
const fromFile = () => read().current;
const keyFile = () => path.join(folder, "data", "throughline.key");

describe("the installation key", () => {
  it("is made once, in a file that only the owner can read", () => {
    const key = fromFile();
    expect(key).toHaveLength(32);
    expect(fromFile()).toEqual(key);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.join(folder, "data"))).toEqual(["throughline.key"]);
  });

  it("is different for each installation", () => {
    const other = read({ DATA_DIR: path.join(folder, "other") }).current;
    expect(other).not.toEqual(fromFile());
  });

  it("stays the same when the content of the file moves into THROUGHLINE_KEY", () => {
    const key = fromFile();
    expect(read({ THROUGHLINE_KEY: readFileSync(keyFile(), "utf8"), DATA_DIR: "/nowhere" }).current).toEqual(key);
  });

  it("is never replaced when the file is damaged, since that would lock what it sealed", () => {
    fromFile();
    writeFileSync(keyFile(), "short");
    expect(fromFile).toThrow(OperatorError);
    expect(readFileSync(keyFile(), "utf8")).toBe("short");
  });

  it("takes the file away from other readers when it finds it open to them", () => {
    fromFile();
    writeFileSync(path.join(folder, "copy"), readFileSync(keyFile()), { mode: 0o644 });
    rmSync(keyFile());
    writeFileSync(keyFile(), readFileSync(path.join(folder, "copy")), { mode: 0o644 });
    fromFile();
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  });
});

describe("former keys", () => {
  const [old, older, newest] = ["o".repeat(40), "p".repeat(40), "n".repeat(40)];
  const keyOf = (text: string) => read({ THROUGHLINE_KEY: text }).current;

  it("are the further lines of the key file", () => {
    fromFile();
    writeFileSync(keyFile(), `${newest}\n${old}\n\n${older}\n`);
    expect(read()).toEqual({ current: keyOf(newest), previous: [keyOf(old), keyOf(older)] });
  });

  it("come from the environment too, by comma or line, and are never the current one", () => {
    const settings = { THROUGHLINE_KEY: newest, THROUGHLINE_PREVIOUS_KEYS: `${old}, ${newest}\n${older},` };
    expect(read(settings)).toEqual({ current: keyOf(newest), previous: [keyOf(old), keyOf(older)] });
  });

  it("stand in a file that somebody else provides", () => {
    const file = path.join(folder, "provided");
    writeFileSync(file, `${newest}\n${old}\n`);
    const keys = read({ THROUGHLINE_KEY_FILE: file, THROUGHLINE_PREVIOUS_KEYS: older });
    expect(keys).toEqual({ current: keyOf(newest), previous: [keyOf(old), keyOf(older)] });
    expect(() => readFileSync(keyFile())).toThrow();
  });

  it.each([
    ["is not there", {}, undefined],
    ["is empty", {}, "\n"],
    ["holds a short line", {}, `${"n".repeat(40)}\nshort`],
    [
      "lists a short key",
      { THROUGHLINE_KEY: "n".repeat(40), THROUGHLINE_PREVIOUS_KEYS: "o".repeat(40) + ",short" },
      "",
    ],
  ])("stop the start when the list %s", (_, settings, text) => {
    const file = path.join(folder, "provided");
    if (text !== undefined) writeFileSync(file, text);
    expect(() =>
      read({ ...("THROUGHLINE_KEY" in settings ? {} : { THROUGHLINE_KEY_FILE: file }), ...settings }),
    ).toThrow(OperatorError);
  });
});

describe("a derived key", () => {
  it("belongs to one purpose and one installation, and is stable", () => {
    const key = fromFile();
    expect(deriveFrom(key, "session")).toHaveLength(32);
    expect(deriveFrom(key, "session")).toEqual(deriveFrom(key, "session"));
    expect(deriveFrom(key, "session")).not.toEqual(deriveFrom(key, "pseudonym"));
    expect(deriveFrom(Buffer.alloc(32), "session")).not.toEqual(deriveFrom(key, "session"));
    // Pinned: a change of the derivation would make everything sealed so far unreadable.
    expect(deriveFrom(Buffer.alloc(32), "session").toString("hex")).toBe(
      "a762fe9eaf85bbf32a6d437df5f4ba76dd38c8e83c3fb2f11550db35ba526f0a",
    );
  });
});
