/** Keyed, typed, readable stand-ins: `account·K7Q4-2MXD`. The same value gives the same one in all sources and roles. */
import { createHmac } from "node:crypto";

/** Crockford's base 32: no I, L, O, U, so that it can be read out on the phone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 4;
const GROUP_LENGTH = 4;
const MAX_REMEMBERED = 50_000;

export interface Pseudonymizer {
  /** 80 bits of HMAC-SHA-256 over type and canonical value; with `incident`, another one in every incident. */
  pseudonym(type: string, value: string, incident?: string): string;
}

/** `key`: at least 32 bytes, one per deployment. */
export function createPseudonymizer(key: Buffer): Pseudonymizer {
  const remembered = new Map<string, string>();
  return {
    pseudonym(type, value, incident) {
      const scope = incident === undefined ? "v1" : `v1i\n${incident}`;
      const input = `${scope}\n${type}\n${value.normalize("NFKC").trim().toLowerCase()}`;
      let known = remembered.get(input);
      if (known === undefined) {
        known = `${type}·${readable(createHmac("sha256", key).update(input).digest())}`;
        if (remembered.size >= MAX_REMEMBERED) remembered.clear();
        remembered.set(input, known);
      }
      return known;
    },
  };
}

function readable(digest: Buffer): string {
  const groups: string[] = [];
  let bits = 0n;
  for (let i = 0; i < 10; i++) bits = (bits << 8n) | BigInt(digest[i] ?? 0);
  for (let group = 0; group < GROUPS; group++) {
    let text = "";
    for (let i = 0; i < GROUP_LENGTH; i++) {
      text += ALPHABET.charAt(Number(bits & 31n));
      bits >>= 5n;
    }
    groups.push(text);
  }
  return groups.join("-");
}
