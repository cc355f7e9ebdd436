/** Values that are dear to make, kept while they are true and as long as there is room. */

export interface Kept<Value> {
  /** What is kept under `key` if it was made under the same mark, else what `make` makes: once for all who ask meanwhile. */
  take(key: string, mark: string, make: () => Promise<Value>): Promise<Value>;
}

interface Entry<Value> {
  readonly mark: string;
  readonly value: Promise<Value>;
  /** Not known while it is made. */
  size: number;
}

/** What was not asked for longest goes first. The last one asked for stays, however large: it is about to be opened further. */
export function keepBySize<Value>(mostSize: number, sizeOf: (value: Value) => number): Kept<Value> {
  const entries = new Map<string, Entry<Value>>();
  const makeRoom = (): void => {
    let total = [...entries.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [key, { size }] of entries) {
      if (total <= mostSize || entries.size === 1) return;
      entries.delete(key);
      total -= size;
    }
  };
  return {
    take(key, mark, make) {
      const known = entries.get(key);
      entries.delete(key);
      const entry = known?.mark === mark ? known : { mark, value: make(), size: 0 };
      entries.set(key, entry);
      if (entry === known) return entry.value;
      return entry.value.then(
        (value) => {
          entry.size = sizeOf(value);
          makeRoom();
          return value;
        },
        (error: unknown) => {
          if (entries.get(key) === entry) entries.delete(key);
          throw error;
        },
      );
    },
  };
}
