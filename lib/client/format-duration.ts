/** `41 ms`, `3.2 s`, `+1.1 s`: nanosecond text to something short. Pure. */
const UNITS = [
  { ns: 3_600_000_000_000n, name: "h" },
  { ns: 60_000_000_000n, name: "min" },
  { ns: 1_000_000_000n, name: "s" },
  { ns: 1_000_000n, name: "ms" },
  { ns: 1_000n, name: "µs" },
] as const;

/** Two figures below ten, whole numbers above. Accepts a signed decimal count of nanoseconds. */
export function formatDuration(ns: string | bigint): string {
  const value = BigInt(ns);
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? "−" : "";
  if (size === 0n) return "0";
  const unit = UNITS.find((one) => size >= one.ns);
  if (!unit) return `${sign}${size.toString()} ns`;
  const tenths = Number((size * 10n) / unit.ns);
  const text = tenths < 100 && tenths % 10 !== 0 ? (tenths / 10).toFixed(1) : String(Math.floor(tenths / 10));
  return `${sign}${text} ${unit.name}`;
}

/** Distance from the first row, with its sign: `+0`, `+3.2 s`. */
export function formatOffset(fromNs: string, atNs: string): string {
  const distance = BigInt(atNs) - BigInt(fromNs);
  return `${distance < 0n ? "" : "+"}${formatDuration(distance)}`;
}
