/** Identity of a label set: FNV-1a 64 over sorted `name 0xFF value 0xFF`, 16 hex digits (prometheus/common model). */
const OFFSET_BASIS = 14_695_981_039_346_656_037n;
const PRIME = 1_099_511_628_211n;
const MASK = (1n << 64n) - 1n;
const SEPARATOR = Uint8Array.of(0xff);

export function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  let hash = OFFSET_BASIS;
  const add = (bytes: Uint8Array) => {
    for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  };
  for (const name of Object.keys(labels).sort()) {
    add(Buffer.from(name, "utf8"));
    add(SEPARATOR);
    add(Buffer.from(labels[name] ?? "", "utf8"));
    add(SEPARATOR);
  }
  return hash.toString(16).padStart(16, "0");
}
