import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveFrom, readInstallationKey } from "./installation-key";
import { OperatorError } from "./operator-error";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "throughline-key-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fromFile = () => readInstallationKey({ key: undefined, dataDir: path.join(folder, "data") });
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
    const other = readInstallationKey({ key: undefined, dataDir: path.join(folder, "other") });
    expect(other).not.toEqual(fromFile());
  });

  it("stays the same when the content of the file moves into THROUGHLINE_KEY", () => {
    const key = fromFile();
    expect(readInstallationKey({ key: readFileSync(keyFile(), "utf8"), dataDir: "/nowhere" })).toEqual(key);
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
