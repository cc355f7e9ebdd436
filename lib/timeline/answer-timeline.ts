/** The use case behind `GET /api/v1/timeline`: ask, audit, and answer as one JSON document or as a stream of frames. */
import "server-only";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { Principal } from "@/lib/domain/principal";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { takeToken } from "@/lib/identity/rate-limit";
import { openStreamControllers } from "@/lib/platform/graceful-stop";
import { timelineRequests } from "@/lib/platform/metrics";
import { ProblemError } from "@/lib/platform/problem-error";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { encodeFrames } from "@/lib/stream/encode-frames";
import { auditView } from "./audit-view";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import { takeLiveSeat } from "./live-seats";
import { openTimeline } from "./open-timeline";
import { parseQuestion } from "./parse-question";
import { freshTimelineDeps, timelineDeps } from "./timeline-deps";
import { unlinksOf } from "./unlinks";
import { standingOf, watchPrincipal } from "./watch-principal";

/** A question that was accepted and recorded. */
export interface StartedQuestion {
  readonly asked: IncidentQuery;
  readonly unlinks: readonly StoredUnlink[];
}

/** Throws `ProblemError` on a bad question, or on one too many. */
export async function startQuestion(principal: Principal, searchParams: URLSearchParams): Promise<StartedQuestion> {
  await takeToken("question", principal.userId);
  const deps = await freshTimelineDeps();
  const asked = parseQuestion(searchParams, deps);
  await auditView(principal, asked);
  return { asked, unlinks: await unlinksOf(asked.keys, deps) };
}

/**
 * NDJSON. Ends, and cancels every upstream call, when `leaving` fires, the reader cancels, the server stops, or `current`
 * says that the asker may no longer read it. Throws `ProblemError` when the asker follows too many.
 */
export function streamTimeline(
  principal: Principal,
  { asked, unlinks }: StartedQuestion,
  leaving: AbortSignal,
  current: () => Promise<Principal>,
): ReadableStream {
  const stop = new AbortController();
  const signal = AbortSignal.any([leaving, stop.signal]);
  if (asked.live) takeLiveSeat(principal.userId, signal);
  openStreamControllers().add(stop);
  const unwatch = watchPrincipal({ principal, current }, () => stop.abort());
  const finished = () => {
    unwatch();
    openStreamControllers().delete(stop);
    stop.abort();
  };
  timelineRequests().inc({ result: "stream" });
  const frames = openTimeline(principal, asked, timelineDeps(), signal, unlinks);
  return encodeFrames(frames, { requestId: crypto.randomUUID(), finished, signal });
}

/**
 * Undefined when the asker left before the end. Throws `ProblemError` for a live question, since a document has an end, and
 * when the asker may no longer read the answer.
 */
export async function collectTimeline(
  principal: Principal,
  { asked, unlinks }: StartedQuestion,
  leaving: AbortSignal,
  current: () => Promise<Principal>,
): Promise<TimelineAnswer | undefined> {
  if (asked.live) {
    throw new ProblemError("bad-request", {
      field: "live",
      detail: "Expected Accept: application/x-ndjson with live.",
    });
  }
  timelineRequests().inc({ result: "json" });
  const answer = await collectAnswer(openTimeline(principal, asked, timelineDeps(), leaving, unlinks));
  // Sources may have taken seconds, in which somebody was shut out.
  if (standingOf(await current()) !== standingOf(principal)) {
    throw new ProblemError("conflict", { detail: "Your role changed while the answer was made. Ask again." });
  }
  return answer;
}
