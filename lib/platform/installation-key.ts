/**
 * The secret of this installation: root of encryption at rest, session cookies and pseudonyms. Never in the database, so
 * that a stolen dump alone opens nothing.
 *
 * `THROUGHLINE_KEY` when set; otherwise a file in DATA_DIR, made once. Several web processes must share the variable or
 * the folder: with different keys one cannot read what another sealed.
 */
import "server-only";
import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env } from "./env";
import { OperatorError } from "./operator-error";

const FILE_NAME = "throughline.key";
const MIN_LENGTH = 32;

let memoised: Buffer | undefined;

/** 32 bytes, the same for the life of the installation. Throws `OperatorError` when the key file is unusable. */
export function installationKey(): Buffer {
  memoised ??= readInstallationKey({ key: env().THROUGHLINE_KEY, dataDir: env().DATA_DIR });
  return memoised;
}

/** A key of its own for each purpose (`"session"`, `"pseudonym"`), so that one leaking tells nothing about another. */
export function deriveKey(purpose: string): Buffer {
  return deriveFrom(installationKey(), purpose);
}

/** HKDF-SHA256 (RFC 5869), 32 bytes. The purpose is the `info`. */
export function deriveFrom(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), `throughline/v1/${purpose}`, 32));
}

/** The text is hashed, so the content of the key file works as THROUGHLINE_KEY when an installation moves. */
export function readInstallationKey(source: { readonly key: string | undefined; readonly dataDir: string }): Buffer {
  const text = source.key ?? keyFromFile(source.dataDir);
  return createHash("sha256").update(text.trim(), "utf8").digest();
}

function keyFromFile(dataDir: string): string {
  const file = path.join(/*turbopackIgnore: true*/ dataDir, FILE_NAME);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const text = readIfPresent(file) ?? createKeyFile(file);
  if (text.trim().length < MIN_LENGTH) {
    // Making a new one would silently lock everything that was sealed with the old.
    throw new OperatorError(`The key file ${FILE_NAME} in DATA_DIR is damaged. Restore it, or set THROUGHLINE_KEY.`);
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  return text;
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new OperatorError(`The key file ${FILE_NAME} in DATA_DIR cannot be read.`, { cause: error });
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
