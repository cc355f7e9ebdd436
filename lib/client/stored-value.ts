/**
 * A small preference kept in the browser (zone, panel width, recent searches) as an external store for React.
 * Storage may be missing or full: the value then lives as long as the page.
 */
export interface StoredValue<T> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly get: () => T;
  readonly set: (value: T) => void;
}

/** `read` must accept anything: others write to the same storage. `area` is asked lazily, so servers may import this. */
export function storedValue<T>(
  name: string,
  area: () => Storage,
  read: (text: string | null) => T,
  write: (value: T) => string,
): StoredValue<T> {
  let value: { readonly is: T } | undefined;
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get() {
      value ??= { is: read(readText(name, area)) };
      return value.is;
    },
    set(next) {
      value = { is: next };
      try {
        area().setItem(name, write(next));
      } catch {
        // Private windows refuse storage; the value still holds for this page.
      }
      for (const listener of listeners) listener();
    },
  };
}

function readText(name: string, area: () => Storage): string | null {
  try {
    return area().getItem(name);
  } catch {
    return null;
  }
}
