/** Log lines in memory, by stream and time. Imitates what the store of Loki 3.4 keeps: same stream, ns and line is one entry. */

export interface LogEntry {
  readonly atNs: bigint;
  readonly line: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface LogStream {
  readonly labels: Readonly<Record<string, string>>;
  /** Ascending by time; entries of one instant in order of arrival. */
  readonly entries: LogEntry[];
}

export interface LogStore {
  add(labels: Readonly<Record<string, string>>, entry: LogEntry): void;
  streams(): Iterable<LogStream>;
  /** Drops entries older than the instant; streams left empty disappear, as after real retention. */
  dropBefore(atNs: bigint): void;
}

/** `{a="b", c="d"}` sorted by name: the identity of a stream and the order Loki answers in. */
export function streamKey(labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels).sort();
  return `{${names.map((name) => `${name}=${JSON.stringify(labels[name])}`).join(", ")}}`;
}

export function createLogStore(): LogStore {
  const byKey = new Map<string, LogStream>();
  return {
    add: (labels, entry) => {
      const key = streamKey(labels);
      const stream = byKey.get(key) ?? { labels, entries: [] };
      byKey.set(key, stream);
      const place = firstAtOrAfter(stream.entries, entry.atNs + 1n);
      if (!isStored(stream.entries, place, entry)) stream.entries.splice(place, 0, entry);
    },
    streams: () => byKey.values(),
    dropBefore: (atNs) => {
      for (const [key, stream] of byKey) {
        const keepFrom = firstAtOrAfter(stream.entries, atNs);
        stream.entries.splice(0, keepFrom);
        if (stream.entries.length === 0) byKey.delete(key);
      }
    },
  };
}

function isStored(entries: readonly LogEntry[], end: number, entry: LogEntry): boolean {
  for (let at = end - 1; at >= 0 && entries[at]?.atNs === entry.atNs; at -= 1) {
    if (entries[at]?.line === entry.line) return true;
  }
  return false;
}

/** Index of the first entry at or after the instant (binary search). */
export function firstAtOrAfter(entries: readonly LogEntry[], atNs: bigint): number {
  const last = entries.at(-1);
  if (last === undefined || last.atNs < atNs) return entries.length;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry !== undefined && entry.atNs < atNs) low = middle + 1;
    else high = middle;
  }
  return low;
}
