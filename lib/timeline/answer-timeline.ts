/** The use case behind `GET /api/v1/timeline`: ask, audit, and answer as one JSON document or as a stream of frames. */
import "server-only";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { accessOf, requireAbility } from "@/lib/access/resolve-access";
import type { Access } from "@/lib/domain/access";
import type { Principal } from "@/lib/domain/principal";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { openStreamControllers } from "@/lib/platform/graceful-stop";
import { timelineRequests } from "@/lib/platform/metrics";
import { ProblemError } from "@/lib/platform/problem-error";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { encodeFrames } from "@/lib/stream/encode-frames";
import { auditView } from "./audit-view";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import { incidentDigest } from "./incident-digest";
import { keyReaderFor } from "./key-reader";
import { takeLiveSeat } from "./live-seats";
import { openTimeline } from "./open-timeline";
import { parseQuestion } from "./parse-question";
import { freshTimelineDeps, timelineDeps } from "./timeline-deps";
import { unlinksOf } from "./unlinks";
import { watchPrincipal } from "./watch-principal";

/** A question that was accepted and recorded. */
export interface StartedQuestion {
  readonly asked: IncidentQuery;
  readonly unlinks: readonly StoredUnlink[];
  readonly access: Access;
}

/** Throws `ProblemError` on a bad question, and `forbidden` for a role that may not ask. */
export async function startQuestion(principal: Principal, searchParams: URLSearchParams): Promise<StartedQuestion> {
  await requireAbility(principal, "ask");
  const deps = await freshTimelineDeps();
  const asked = await parseQuestion(searchParams, deps, await keyReaderFor(principal, deps));
  const access = await accessOf(principal, incidentDigest(asked.keys, deps.redaction.idKey), new Date());
  await auditView(principal, asked, deps);
  return { asked, unlinks: await unlinksOf(asked.keys, deps), access };
}

/**
 * NDJSON. Ends, and cancels every upstream call, when `leaving` fires, the reader cancels or the server stops; a live one
 * also when `current` says that the asker may no longer read it. Throws `ProblemError` when the asker follows too many.
 */
export function streamTimeline(
  principal: Principal,
  { asked, unlinks, access }: StartedQuestion,
  leaving: AbortSignal,
  current: () => Promise<Principal>,
): ReadableStream {
  const stop = new AbortController();
  const signal = AbortSignal.any([leaving, stop.signal]);
  if (asked.live) takeLiveSeat(principal.userId, signal);
  openStreamControllers().add(stop);
  const unwatch = asked.live ? watchPrincipal(principal, current, () => stop.abort()) : undefined;
  const finished = () => {
    unwatch?.();
    openStreamControllers().delete(stop);
    stop.abort();
  };
  timelineRequests().inc({ result: "stream" });
  const frames = openTimeline(access, asked, timelineDeps(), signal, unlinks);
  return encodeFrames(frames, { requestId: crypto.randomUUID(), finished });
}

/** Undefined when the asker left before the end. Throws `ProblemError` for a live question: a document has an end. */
export async function collectTimeline(
  { asked, unlinks, access }: StartedQuestion,
  leaving: AbortSignal,
): Promise<TimelineAnswer | undefined> {
  if (asked.live) {
    throw new ProblemError("bad-request", {
      field: "live",
      detail: "Expected Accept: application/x-ndjson with live.",
    });
  }
  timelineRequests().inc({ result: "json" });
  return collectAnswer(openTimeline(access, asked, timelineDeps(), leaving, unlinks));
}
