/** Ids, numbers and names that logs are full of and that mean nobody, by the thousand and always the same ones. */

export type Random = (below: number) => number;

/** A small generator with a seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const digits = (random: Random, count: number) => Array.from({ length: count }, () => random(10)).join("");
const hex = (random: Random, count: number) => Array.from({ length: count }, () => random(16).toString(16)).join("");
const pick = (random: Random, all: readonly string[]) => all[random(all.length)] ?? "";
const epochMs = (random: Random) => BigInt(Date.UTC(2026, 0) + random(365 * 86_400_000));
const two = (number: number) => String(number).padStart(2, "0");
const time = (random: Random) => `${two(random(24))}:${two(random(60))}:${two(random(60))}`;
const semver = (random: Random) => `${random(30)}.${random(60)}.${random(200)}`;
const NAMES = ["status-api", "@scope/checkout", "lodash", "next", "actions/checkout", "org.example:cart-core"];
const uuid = (random: Random) =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${pick(random, ["8", "9", "a", "b"])}${hex(random, 3)}-${hex(random, 12)}`;

export const HARMLESS: Readonly<Record<string, (random: Random) => string>> = {
  "epoch ms": (random) => `${epochMs(random)}`,
  "epoch µs": (random) => `${epochMs(random)}${digits(random, 3)}`,
  "epoch ns": (random) => `${epochMs(random)}${digits(random, 6)}`,
  "random 16-digit number": (random) => `${1 + random(9)}${digits(random, 15)}`,
  "decimal 64-bit trace id": (random) =>
    String(BigInt.asUintN(64, (BigInt(random(2 ** 32)) << 32n) | BigInt(random(2 ** 32)))),
  snowflake: (random) => String(((epochMs(random) - 1288834974657n) << 22n) | BigInt(random(2 ** 22))),
  "UUID v4": uuid,
  "32-hex trace id": (random) => hex(random, 32),
  "16-hex span id": (random) => hex(random, 16),
  "40-hex commit": (random) => hex(random, 40),
  "random base64, 32 characters": (random) =>
    Buffer.from(Array.from({ length: 24 }, () => random(256))).toString("base64"),
  "ORD- and seven digits": (random) => `ORD-${digits(random, 7)}`,
  version: (random) =>
    pick(random, [semver(random), `v${semver(random)}.${random(200)}`, `version=${semver(random)}.7`]),
  "time and offset": (random) =>
    pick(random, [
      time(random),
      `2026-${two(1 + random(12))}-${two(1 + random(28))}T${time(random)}.${digits(random, 9)}+0${random(10)}:00`,
      `${time(random)}.${digits(random, 3)}`,
    ]),
  "package with version": (random) => `${pick(random, NAMES)}@${semver(random)}${pick(random, ["", "-rc.1", "-beta"])}`,
};
