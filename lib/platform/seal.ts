/**
 * Secrets at rest: AES-256-GCM under a key of its own for each purpose, bound to the place where the value lies. A stolen
 * dump opens nothing, and a value copied to another row or column does not open either.
 *
 * Text form: `v1.<key id>.<nonce>.<ciphertext and tag>`. The key id names the installation key that sealed it, so that
 * values of a former key are found and sealed anew.
 */
import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveFrom, type InstallationKeys, installationKeys } from "./installation-key";

/** Where a sealed value lies. `id` is the primary key of its row. */
export interface SealPlace {
  readonly table: string;
  readonly id: string;
  readonly column: string;
}

export interface Sealer {
  /** With the current key. Never the same text twice. */
  seal(text: string, place: SealPlace): string;
  /** Throws `SealBrokenError`; there is no other way out, and never a part of the text. */
  unseal(sealed: string, place: SealPlace): string;
  /** False for what a former or unknown key sealed, and for what is no sealed value. */
  isCurrent(sealed: string): boolean;
}

/** `malformed`: no sealed value. `unknown-key`: none of our keys made it. `changed`: other bytes, or another place. */
export type SealProblem = "malformed" | "unknown-key" | "changed";

/** A sealed value that does not open. Says nothing about its content. */
export class SealBrokenError extends Error {
  override readonly name = "SealBrokenError";

  constructor(readonly problem: SealProblem) {
    super(`a sealed value does not open: ${problem}`);
  }
}

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = /^v1\.([\w-]{8})\.([\w-]{16})\.([\w-]{22,})$/;

/** `purpose` as `sources.secrets`: values of one purpose do not open as another's. */
export function sealer(purpose: string): Sealer {
  return createSealer(installationKeys(), purpose);
}

/** The same over given keys. */
export function createSealer(keys: InstallationKeys, purpose: string): Sealer {
  const byId = new Map(
    [...keys.previous, keys.current].map((key) => [sealKeyId(key), deriveFrom(key, `seal/${purpose}`)]),
  );
  const currentId = sealKeyId(keys.current);
  const currentKey = deriveFrom(keys.current, `seal/${purpose}`);
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", currentKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(place, currentId));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, currentId, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
    },
    unseal(sealed, place) {
      const [, keyId = "", nonce = "", body = ""] = FORM.exec(sealed) ?? [];
      if (keyId === "") throw new SealBrokenError("malformed");
      const key = byId.get(keyId);
      if (key === undefined) throw new SealBrokenError("unknown-key");
      const bytes = Buffer.from(body, "base64url");
      // Two spellings of the same bytes would be one value that was changed unnoticed.
      if (bytes.toString("base64url") !== body) throw new SealBrokenError("changed");
      return open(key, Buffer.from(nonce, "base64url"), bytes, boundTo(place, keyId));
    },
    isCurrent: (sealed) => keyIdOfSealed(sealed) === currentId,
  };
}

/** The id of the key that made a sealed value; undefined when it is none. */
export function keyIdOfSealed(sealed: string): string | undefined {
  return FORM.exec(sealed)?.[1];
}

/** Short public name of an installation key: says nothing about it. */
export function sealKeyId(key: Buffer): string {
  return deriveFrom(key, "key-id").subarray(0, 6).toString("base64url");
}

function open(key: Buffer, nonce: Buffer, bytes: Buffer, bound: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound);
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(0, -TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    // Node's own error is left out: callers branch on `problem`, and there is nothing more to know.
    throw new SealBrokenError("changed");
  }
}

/** As JSON, so that no two places spell alike. */
function boundTo({ table, id, column }: SealPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, table, column, id]), "utf8");
}
