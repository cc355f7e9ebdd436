/** One search asked as several short ones, a few at a time, within one allowance of bytes. */
import { createByteBudget } from "./byte-budget";
import type { SearchAnswer } from "./client";
import type { SearchWindow } from "./query";

export interface PartAnswer {
  readonly traceql: string;
  readonly answer: SearchAnswer;
}

/** Answers in the order of the parts. Not all of them when the server says that the time is too long for any. */
export type AskSearch = (window: SearchWindow, limit: number, maxBytes: number) => Promise<readonly PartAnswer[]>;

export type AskPart = (traceql: string, window: SearchWindow, limit: number, maxBytes: number) => Promise<SearchAnswer>;

/** A search by attribute reads many blocks: more of them side by side would slow down everyone else's. */
const AT_A_TIME = 2;

export function askInParts(ask: AskPart, parts: readonly string[]): AskSearch {
  return async (window, limit, maxTotalBytes) => {
    const bytes = createByteBudget(maxTotalBytes);
    const answers = new Map<number, PartAnswer>();
    const waiting = parts.entries();
    const workers = Math.min(AT_A_TIME, parts.length);
    let isTooLong = false;
    const worker = async () => {
      for (const [index, traceql] of waiting) {
        const { maxBytes, settle } = bytes.reserve(1 / workers);
        const answer = await ask(traceql, window, limit, maxBytes);
        settle(answer.ok ? answer.bytes : maxBytes);
        answers.set(index, { traceql, answer });
        isTooLong ||= !answer.ok && answer.failure.kind === "range-too-long";
        if (isTooLong) return;
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    return [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer);
  };
}
