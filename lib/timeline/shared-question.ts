/** A question that a share link asks: its keys come out of the link, never out of the address. */
import "server-only";
import { findShareLink, noteOpening, type SharedQuestion } from "@/lib/access/share-links";
import { accessThroughLink } from "@/lib/access/shared-access";
import { parseTimelineQuery } from "@/lib/contract/timeline-query";
import type { Access } from "@/lib/domain/access";
import { keyId } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { takeToken } from "@/lib/identity/rate-limit";
import { ProblemError } from "@/lib/platform/problem-error";

/** `trace` chooses among the runs of the answer, `continue` fetches what was cut off in it: neither asks for anything else. */
const PARAMETERS: ReadonlySet<string> = new Set(["shared", "continue", "trace"]);

export interface OpenedLink {
  readonly asked: IncidentQuery;
  /** What the viewer may see through the link, each time as things stand now. Throws `not-found` when the link is dead. */
  readonly accessNow: (viewer: Principal) => Promise<Access>;
}

/** Counted and recorded. Throws `ProblemError`: `not-found` in the same words for whatever reason, `rate-limited`. */
export async function openSharedQuestion(
  viewer: Principal,
  searchParams: URLSearchParams,
  nowMs: number,
): Promise<OpenedLink> {
  // Whoever opens a link looks at what its maker chose: other ids or times would make it a right to ask.
  if ([...searchParams.keys()].some((name) => !PARAMETERS.has(name))) {
    throw new ProblemError("bad-request", { field: "shared", detail: "Expected `shared` alone, or with `continue`." });
  }
  await takeToken("share-link", viewer.userId);
  const token = searchParams.get("shared") ?? "";
  const opened = await findShareLink(token, new Date());
  const asked = questionOf(opened.question, searchParams.getAll("continue"), nowMs);
  const accessNow = async (person: Principal) => {
    const now = new Date();
    return accessThroughLink(person, await findShareLink(token, now), now);
  };
  await accessNow(viewer);
  await noteOpening(viewer, opened, new Date());
  return { asked, accessNow };
}

/** Whether its page has something to show. Not counted as an opening. */
export async function mayOpenSharedTimeline(viewer: Principal, token: string): Promise<boolean> {
  try {
    const now = new Date();
    await takeToken("share-link", viewer.userId, now);
    await accessThroughLink(viewer, await findShareLink(token, now), now);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.code === "not-found") return false;
    throw error;
  }
}

function questionOf(shared: SharedQuestion, continuations: readonly string[], nowMs: number): IncidentQuery {
  const parameters = new URLSearchParams(shared.keys.map((key) => ["key", key]));
  for (const key of shared.widen) parameters.append("widen", key);
  for (const token of continuations) parameters.append("continue", token);
  parameters.set("from", shared.from);
  parameters.set("to", shared.to);
  const parsed = parseTimelineQuery(parameters, nowMs);
  if ("field" in parsed) {
    if (parsed.field === "continue") throw new ProblemError("bad-request", parsed);
    // What a link holds was accepted once; a later program may think otherwise.
    throw new ProblemError("not-found");
  }
  return { ...parsed, widen: new Set(parsed.widen.map(keyId)) };
}
