/**
 * The secret of this installation: root of encryption at rest, session cookies and pseudonyms. Never in the database, so
 * that a stolen dump alone opens nothing.
 *
 * The key is THROUGHLINE_KEY, the first line of THROUGHLINE_KEY_FILE, or else of a file in DATA_DIR, made once. Several
 * web processes must share it: with different keys one cannot read what another sealed. Further lines of such a file and
 * THROUGHLINE_PREVIOUS_KEYS are former keys: they open what they sealed and seal nothing any more.
 */
import "server-only";
import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env, type Env } from "./env";
import { OperatorError } from "./operator-error";

const FILE_NAME = "throughline.key";
const MIN_LENGTH = 32;

export interface InstallationKeys {
  /** 32 bytes. */
  readonly current: Buffer;
  /** Former keys, newest first as far as the operator ordered them. */
  readonly previous: readonly Buffer[];
}

export type KeySettings = Pick<
  Env,
  "THROUGHLINE_KEY" | "THROUGHLINE_KEY_FILE" | "THROUGHLINE_PREVIOUS_KEYS" | "DATA_DIR"
>;

let memoised: InstallationKeys | undefined;

/** All keys of this process. Throws `OperatorError` when one of them is unusable. */
export function installationKeys(): InstallationKeys {
  memoised ??= readInstallationKeys(env());
  return memoised;
}

/** The current one: 32 bytes, the same until the operator changes it. */
export function installationKey(): Buffer {
  return installationKeys().current;
}

/** A key of its own for each purpose (`"session"`, `"pseudonym"`), so that one leaking tells nothing about another. */
export function deriveKey(purpose: string): Buffer {
  return deriveFrom(installationKey(), purpose);
}

/** HKDF-SHA256 (RFC 5869), 32 bytes. The purpose is the `info`. */
export function deriveFrom(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), `throughline/v1/${purpose}`, 32));
}

/** Keys are hashed texts, so a line of a key file works as THROUGHLINE_KEY when an installation moves. */
export function readInstallationKeys(settings: KeySettings): InstallationKeys {
  const [current = "", ...former] = ownTexts(settings);
  const listed = textsOf("THROUGHLINE_PREVIOUS_KEYS", settings.THROUGHLINE_PREVIOUS_KEYS ?? "", /[\n,]/);
  const previous = [...new Set([...former, ...listed])].filter((text) => text !== current);
  return { current: digest(current), previous: previous.map(digest) };
}

/** The current key, then former ones of the same file. */
function ownTexts({ THROUGHLINE_KEY: key, THROUGHLINE_KEY_FILE: file, DATA_DIR: dataDir }: KeySettings): string[] {
  if (key !== undefined) return [key.trim()];
  const texts =
    file === undefined
      ? textsOf(`The key file ${FILE_NAME} in DATA_DIR`, textOfOwnFile(dataDir), "\n")
      : textsOf("The file of THROUGHLINE_KEY_FILE", textOfNamedFile(file), "\n");
  if (texts.length > 0) return texts;
  // Making a new one would silently lock everything that was sealed with the old.
  throw new OperatorError("The key file is empty. Restore it, or set THROUGHLINE_KEY.");
}

function textsOf(place: string, text: string, separator: string | RegExp): string[] {
  const texts = text
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (texts.every((line) => line.length >= MIN_LENGTH)) return texts;
  throw new OperatorError(`${place} holds a key of fewer than ${String(MIN_LENGTH)} characters; it may be damaged.`);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}

function textOfNamedFile(file: string): string {
  const text = readIfPresent("of THROUGHLINE_KEY_FILE", path.resolve(/*turbopackIgnore: true*/ file));
  if (text === undefined) throw new OperatorError("The key file of THROUGHLINE_KEY_FILE does not exist.");
  return text;
}

function textOfOwnFile(dataDir: string): string {
  const file = path.join(/*turbopackIgnore: true*/ dataDir, FILE_NAME);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const text = readIfPresent(`${FILE_NAME} in DATA_DIR`, file) ?? createKeyFile(file);
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  return text;
}

function readIfPresent(name: string, file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new OperatorError(`The key file ${name} cannot be read.`, { cause: error });
  }
}

/**
 * Written under another name and linked: the key file is whole or absent, also after a crash, and of two processes that
 * start together the second takes the key of the first.
 */
function createKeyFile(file: string): string {
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx", flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, "utf8");
}
