/** Seeded pseudo-random numbers: the same seed tells the same story, so a test can know every row. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  between(low: number, high: number): number;
  /** Both ends included. */
  integer(low: number, high: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  chance(share: number): boolean;
  /** Lower-case hex digits, never all zero. */
  hex(digits: number): string;
}

/** Mulberry32 over an FNV-1a hash of the seed: small, fast, good enough for a demo, no use for secrets. */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    between: (low, high) => low + next() * (high - low),
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    chance: (share) => next() < share,
    hex: (digits) => {
      let text = integer(1, 15).toString(16);
      while (text.length < digits) text += integer(0, 15).toString(16);
      return text;
    },
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
