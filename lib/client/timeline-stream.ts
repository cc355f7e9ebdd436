/** Reads `GET /api/v1/timeline` as NDJSON frames into a store. Failures become the store's end, never an exception. */
import { Problem } from "@/lib/contract/problem";
import { parseFrame } from "./parse-frame";
import { readNdjsonLines } from "./read-ndjson-lines";
import type { StreamEnd, TimelineStore } from "./timeline-store";

/** One question: the keys as `kind:value`, and both ends of the window as the API reads them. */
export interface TimelineQuestion {
  readonly keys: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  /** Keys whose boundary may be crossed, as `kind:value`. */
  readonly widen?: readonly string[];
  /** Tokens of cut-off fetches whose rest is wanted, once per page. */
  readonly continuations?: readonly string[];
  /** Goes on with what happens after the first answer. */
  readonly live?: boolean;
  /** The token of somebody's link, which says what is asked; keys and times are then the link's. */
  readonly shared?: string;
}

export function timelineUrl(question: TimelineQuestion): string {
  return `/api/v1/timeline?${questionParameters(question).toString()}`;
}

/** The question as both the page and the API spell it. */
export function questionParameters(question: TimelineQuestion): URLSearchParams {
  if (question.shared !== undefined) return sharedParameters(question.shared, question.continuations);
  const parameters = new URLSearchParams(question.keys.map((key) => ["key", key]));
  if (question.from !== null) parameters.set("from", question.from);
  if (question.to !== null) parameters.set("to", question.to);
  for (const key of question.widen ?? []) parameters.append("widen", key);
  for (const token of question.continuations ?? []) parameters.append("continue", token);
  if (question.live) parameters.set("live", "1");
  return parameters;
}

function sharedParameters(shared: string, continuations: readonly string[] = []): URLSearchParams {
  return new URLSearchParams([["shared", shared], ...continuations.map((token) => ["continue", token])]);
}

/**
 * Resolves when the stream is over. Aborting leaves the store as it is: its reader has gone. `heard` is called for every
 * line, heartbeats too.
 */
export async function streamTimeline(
  question: TimelineQuestion,
  store: TimelineStore,
  signal: AbortSignal,
  heard: () => void = () => undefined,
): Promise<void> {
  try {
    const response = await fetch(timelineUrl(question), { headers: { accept: "application/x-ndjson" }, signal });
    if (!response.ok || !response.body) {
      store.end(await endOfRefusal(response));
      return;
    }
    for await (const line of readNdjsonLines(response.body)) {
      if (signal.aborted) return;
      heard();
      const { frame, unreadable } = parseFrame(line);
      store.countUnreadable(unreadable);
      if (frame) store.apply(frame);
    }
    store.end({ kind: "cut-off" });
  } catch {
    if (!signal.aborted) store.end({ kind: "cut-off" });
  }
}

async function endOfRefusal(response: Response): Promise<StreamEnd> {
  if (response.status === 401) return { kind: "signed-out" };
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success) return { kind: "failed", code: `http-${String(response.status)}` };
  const { code, requestId, field, detail } = problem.data;
  if (code !== "bad-request") return { kind: "failed", code, requestId };
  return {
    kind: "bad-request",
    ...(field === undefined ? {} : { field }),
    ...(detail === undefined ? {} : { detail }),
  };
}
