/** Seals every stored value anew with the current key. Safe beside a running application, and safe to run again. */
import "server-only";
import type { InstallationKeys } from "@/lib/platform/installation-key";
import { createSealer, keyIdOfSealed, SealBrokenError, type Sealer } from "@/lib/platform/seal";
import type { SealedColumn, SealedValue } from "./sealed-columns";

export interface RotationCount {
  /** `table.column`. */
  readonly place: string;
  /** Sealed with the current key before. */
  readonly current: number;
  /** Sealed anew. */
  readonly moved: number;
  /** Written by somebody else at that moment; running again looks at them. */
  readonly busy: number;
  /** No known key opens them. They stay as they are. */
  readonly locked: number;
}

export interface KeyUse {
  readonly place: string;
  /** How many values each key sealed, by key id; `none` for what is no sealed value. */
  readonly values: ReadonlyMap<string, number>;
}

export interface KeyRotation {
  rotate(): Promise<readonly RotationCount[]>;
  use(): Promise<readonly KeyUse[]>;
}

const BATCH_ROWS = 200;

export function createKeyRotation(columns: readonly SealedColumn[], keys: () => InstallationKeys): KeyRotation {
  return {
    async rotate() {
      const counts: RotationCount[] = [];
      for (const column of columns) counts.push(await rotateColumn(column, createSealer(keys(), placeOf(column))));
      return counts;
    },
    async use() {
      const uses: KeyUse[] = [];
      for (const column of columns) {
        const values = new Map<string, number>();
        for await (const { sealed } of all(column)) {
          const keyId = keyIdOfSealed(sealed) ?? "none";
          values.set(keyId, (values.get(keyId) ?? 0) + 1);
        }
        uses.push({ place: placeOf(column), values });
      }
      return uses;
    },
  };
}

/** Also the purpose of its sealer. */
function placeOf({ table, column }: SealedColumn): string {
  return `${table}.${column}`;
}

async function rotateColumn(column: SealedColumn, sealer: Sealer): Promise<RotationCount> {
  const count = { place: placeOf(column), current: 0, moved: 0, busy: 0, locked: 0 };
  for await (const value of all(column)) count[await rotateValue(column, value, sealer)]++;
  return count;
}

async function rotateValue(
  column: SealedColumn,
  value: SealedValue,
  sealer: Sealer,
): Promise<Exclude<keyof RotationCount, "place">> {
  const place = { table: column.table, id: value.id, column: column.column };
  try {
    // Opened also when it is current, so that the report does not call readable what is not.
    const text = sealer.unseal(value.sealed, place);
    if (sealer.isCurrent(value.sealed)) return "current";
    return (await column.swap(value, sealer.seal(text, place))) ? "moved" : "busy";
  } catch (error) {
    if (error instanceof SealBrokenError) return "locked";
    throw error;
  }
}

async function* all(column: SealedColumn): AsyncGenerator<SealedValue> {
  let after: string | undefined;
  for (;;) {
    const page = await column.page(after, BATCH_ROWS);
    yield* page;
    if (page.length < BATCH_ROWS) return;
    after = page.at(-1)?.id;
  }
}
