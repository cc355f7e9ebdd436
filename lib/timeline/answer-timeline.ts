/** The use case behind `GET /api/v1/timeline`: ask, audit, and answer as one JSON document or as a stream of frames. */
import "server-only";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { accessOf, requireAbility, standingOf } from "@/lib/access/resolve-access";
import type { Access } from "@/lib/domain/access";
import type { Principal } from "@/lib/domain/principal";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { takeToken } from "@/lib/identity/rate-limit";
import { openStreamControllers } from "@/lib/platform/graceful-stop";
import { timelineRequests } from "@/lib/platform/metrics";
import { ProblemError } from "@/lib/platform/problem-error";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { encodeFrames } from "@/lib/stream/encode-frames";
import { auditView } from "./audit-view";
import type { StoredReveal } from "@/lib/domain/stored-reveal";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import { incidentDigest } from "./incident-digest";
import { keyReaderFor } from "./key-reader";
import { takeLiveSeat } from "./live-seats";
import { openTimeline } from "./open-timeline";
import { parseQuestion } from "./parse-question";
import { requireSameStanding } from "./require-same-standing";
import { recordShown } from "./record-shown";
import { openSharedQuestion } from "./shared-question";
import { freshTimelineDeps, timelineDepsUnder, type TimelineDeps } from "./timeline-deps";
import { revealMarks } from "./reveal-marks";
import { unlinksOf } from "./unlinks";
import { standingOf as standingOfPrincipal, watchPrincipal } from "./watch-principal";

/** A question that was accepted and recorded. */
export interface StartedQuestion {
  readonly asked: IncidentQuery;
  readonly unlinks: readonly StoredUnlink[];
  readonly reveals: readonly StoredReveal[];
  readonly access: Access;
  /** Under the policy of `access`. */
  readonly deps: TimelineDeps;
  /** The access as it is by now. Rejects when the asker may not read at all any more. */
  readonly accessNow: (principal: Principal) => Promise<Access>;
  /** Of the access at the start: another one later means that the answer is no longer theirs. */
  readonly standing: string;
  /** Joins what the audit trail says of this view. */
  readonly viewId: string;
}

/** Throws `ProblemError` on a bad question or one too many, `forbidden` for a role that may not ask, `not-found` for a link that is none. */
export async function startQuestion(principal: Principal, searchParams: URLSearchParams): Promise<StartedQuestion> {
  await takeToken("question", principal.userId);
  const asking = await freshTimelineDeps();
  const { asked, accessNow } = searchParams.has("shared")
    ? await openSharedQuestion(principal, searchParams, asking.now())
    : await openOwnQuestion(principal, searchParams, asking);
  const access = await accessNow(principal);
  const deps = timelineDepsUnder(access.policy);
  const viewId = await auditView(principal, asked, access, deps);
  const unlinks = await unlinksOf(asked.keys, deps);
  const reveals = (await revealMarks(access.incident)).filter(({ startsAt }) => startsAt !== undefined);
  return { asked, unlinks, reveals, access, deps, accessNow, standing: standingOf(access), viewId };
}

async function openOwnQuestion(principal: Principal, searchParams: URLSearchParams, deps: TimelineDeps) {
  await requireAbility(principal, "ask");
  const asked = await parseQuestion(searchParams, deps, await keyReaderFor(principal, deps));
  const incident = incidentDigest(asked.keys, deps.redaction.idKey);
  return { asked, accessNow: (asker: Principal) => accessOf(asker, incident, new Date()) };
}

/**
 * NDJSON. Ends, and cancels every upstream call, when `leaving` fires, the reader cancels, the server stops, or the asker's
 * standing is no longer what it was: `current` says who they are now. Throws `ProblemError` when the asker follows too many.
 */
export function streamTimeline(
  principal: Principal,
  { asked, unlinks, reveals, access, deps, accessNow, standing: accessAtStart, viewId }: StartedQuestion,
  leaving: AbortSignal,
  current: () => Promise<Principal>,
): ReadableStream {
  const stop = new AbortController();
  const signal = AbortSignal.any([leaving, stop.signal]);
  if (asked.live) takeLiveSeat(principal.userId, signal);
  openStreamControllers().add(stop);
  const standing = async (asker: Principal) => `${standingOfPrincipal(asker)} ${standingOf(await accessNow(asker))}`;
  const atStart = `${standingOfPrincipal(principal)} ${accessAtStart}`;
  const unwatch = watchPrincipal({ atStart, current, standing }, () => stop.abort());
  const finished = () => {
    unwatch();
    openStreamControllers().delete(stop);
    stop.abort();
  };
  timelineRequests().inc({ result: "stream" });
  const record = recordShown(principal, access.incident, viewId);
  const past = { unlinks, reveals, reader: { userId: principal.userId, now: new Date() } };
  const frames = openTimeline(access, asked, deps, signal, past, record);
  return encodeFrames(frames, { requestId: crypto.randomUUID(), finished, signal });
}

/**
 * Undefined when the asker left before the end. Throws `ProblemError` for a live question, since a document has an end, and
 * when the asker may no longer read the answer.
 */
export async function collectTimeline(
  principal: Principal,
  { asked, unlinks, reveals, access, deps, accessNow, standing, viewId }: StartedQuestion,
  leaving: AbortSignal,
  current: () => Promise<Principal> = () => Promise.resolve(principal),
): Promise<TimelineAnswer | undefined> {
  if (asked.live) {
    throw new ProblemError("bad-request", {
      field: "live",
      detail: "Expected Accept: application/x-ndjson with live.",
    });
  }
  timelineRequests().inc({ result: "json" });
  const record = recordShown(principal, access.incident, viewId);
  const past = { unlinks, reveals, reader: { userId: principal.userId, now: new Date() } };
  const answer = await collectAnswer(openTimeline(access, asked, deps, leaving, past, record));
  await requireSameStanding({ accessNow, standing }, await current());
  return answer;
}
