/**
 * Whether this process should get traffic: what `/api/readyz` answers. Checks are registered by `instrumentation-node.ts`
 * and kept on `globalThis`, because Next bundles instrumentation and route handlers apart.
 */
import "server-only";

/** Rejects when the thing it looks after cannot serve. */
export type ReadinessCheck = () => Promise<void>;

export interface Readiness {
  readonly ready: boolean;
  /** Each check by name; `running` is false once the process was told to end. */
  readonly checks: Readonly<Record<string, boolean>>;
}

interface State {
  readonly checks: Map<string, ReadinessCheck>;
  stopping: boolean;
}

const SLOT = Symbol.for("throughline.readiness");
const holder: typeof globalThis & { [SLOT]?: State } = globalThis;
const CHECK_TIMEOUT_MS = 2_000;

function state(): State {
  holder[SLOT] ??= { checks: new Map(), stopping: false };
  return holder[SLOT];
}

export function addReadinessCheck(name: string, check: ReadinessCheck): void {
  state().checks.set(name, check);
}

/** From now on "not ready", so that a balancer sends no more requests here. */
export function markStopping(): void {
  state().stopping = true;
}

/** Runs all checks at once. Not ready before the first one is registered: the start is not over. */
export async function readiness(): Promise<Readiness> {
  const { checks, stopping } = state();
  const results = await Promise.all(
    [...checks].map(async ([name, check]) => [name, await passesInTime(check)] as const),
  );
  const ready = !stopping && results.length > 0 && results.every(([, passed]) => passed);
  return { ready, checks: { ...Object.fromEntries(results), running: !stopping } };
}

async function passesInTime(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  });
  const passed = check().then(
    () => true,
    () => false,
  );
  const result = await Promise.race([passed, tooLate]);
  clearTimeout(timer);
  return result;
}
