/**
 * Password hashes: scrypt (RFC 7914) from Node itself, so no native module. The cost is written into each hash, so that
 * it can be raised later without touching old ones: `scrypt$N=131072,r=8,p=1$<salt>$<key>`.
 */
import "server-only";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { ProblemError } from "@/lib/platform/problem-error";

export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's password storage cheat sheet: N=2^17, r=8, p=1, which is 128 MiB and a few tenths of a second each. */
const COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Each takes 128 MiB, so a flood of sign-ins must queue instead of exhausting the memory. */
const CONCURRENT = 2;
const QUEUED = 32;
const FORM = /^scrypt\$N=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

export async function hashPassword(password: string, cost: ScryptCost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return `scrypt$N=${cost.N},r=${cost.r},p=${cost.p}$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/**
 * Whether the password made this hash. Null (nobody by that name, no password set, locked) costs the same work and is
 * always false, so that the time of an answer does not tell which addresses exist.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt, key] = FORM.exec(hash ?? "") ?? [];
  if (salt === undefined || key === undefined) {
    await derive(password, randomBytes(SALT_BYTES), COST);
    return false;
  }
  const expected = Buffer.from(key, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

const waiting: (() => void)[] = [];
let running = 0;

async function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  if (running < CONCURRENT) running += 1;
  else if (waiting.length >= QUEUED) throw new ProblemError("overloaded");
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await scryptKey(password, salt, cost);
  } finally {
    // The slot passes straight to the next in line.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function scryptKey(password: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  // Node refuses more than 32 MiB unless told; the algorithm needs 128·N·r bytes and a little.
  const maxmem = 256 * N * r;
  // One spelling per password, whichever keyboard typed the accent (RFC 8265 asks for NFC).
  const text = password.normalize("NFC");
  return new Promise((resolve, reject) => {
    scrypt(text, salt, KEY_BYTES, { N, r, p, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
