/**
 * Durations as Prometheus and Loki write them in limits, flags and refusals: `2h0m1s`, `30d1h`. In nanoseconds. Undefined
 * for anything else and for zero. Pure.
 */
export function parseGoDuration(text: string): bigint | undefined {
  if (!/^(?:\d{1,9}(?:ms|[smhdwy]))+$/.test(text)) return undefined;
  let ns = 0n;
  for (const [, count = "0", unit = ""] of text.matchAll(/(\d+)(ms|[smhdwy])/g))
    ns += BigInt(count) * (UNIT_NS[unit] ?? 0n);
  return ns > 0n ? ns : undefined;
}

const UNIT_NS: Readonly<Record<string, bigint>> = {
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  y: 31_536_000_000_000_000n,
};
