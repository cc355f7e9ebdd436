/** Makes a test's database the one that `store()` answers with. */
import type { Store } from "../open-store";

const MEMO = Symbol.for("throughline.store");
const memory: typeof globalThis & { [MEMO]?: Promise<Store> | undefined } = globalThis;

/** Undefined: as if none was opened yet. */
export function useStore(store: Store | undefined): void {
  memory[MEMO] = store && Promise.resolve(store);
}
