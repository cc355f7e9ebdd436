/** Asks an address again and again until it answers 200. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Question {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Resolves at the first 200. Throws with the last answer's status when the time is over. */
export async function waitUntilAnswers({ url, headers, timeoutMs, signal }: Question): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  let last = "no answer";
  while (performance.now() < deadlineMs) {
    signal.throwIfAborted();
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
      const response = await fetch(url, { headers: { ...headers }, signal: limit, redirect: "manual" });
      await response.arrayBuffer();
      if (response.status === 200) return;
      last = `status ${response.status}`;
    } catch (error) {
      signal.throwIfAborted();
      last = error instanceof Error ? error.message : "no answer";
    }
    await sleep(250, undefined, { signal });
  }
  throw new Error(`${new URL(url).pathname} did not answer within ${timeoutMs / 1000} s: ${last}`);
}
