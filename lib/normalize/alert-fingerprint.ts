/**
 * The identity of an alert over its life: FNV-1a, 64 bits, over its sorted label pairs, as Prometheus and Alertmanager
 * compute it (prometheus/common `model/fnv.go`), so that without left-out labels it is their own fingerprint. Pure.
 */

const OFFSET = 14_695_981_039_346_656_037n;
const PRIME = 1_099_511_628_211n;
const MASK = (1n << 64n) - 1n;
const SEPARATOR = 0xff;

/** 16 hex digits. `without`: labels that differ between copies of one alert. */
export function alertFingerprint(labels: Readonly<Record<string, string>>, without: ReadonlySet<string>): string {
  let hash = OFFSET;
  const add = (byte: number) => {
    hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  };
  const names = Object.keys(labels).filter((name) => !without.has(name));
  // By bytes, as Go sorts.
  for (const name of names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    for (const part of [name, labels[name] ?? ""]) {
      for (const byte of Buffer.from(part, "utf8")) add(byte);
      add(SEPARATOR);
    }
  }
  return hash.toString(16).padStart(16, "0");
}
