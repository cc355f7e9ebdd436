/** The parameters of a listing → a filter, or a `ProblemError` that names the wrong one. */
import { EpisodeQuery } from "@/lib/contract/alerts";
import { parseInstant } from "@/lib/contract/parse-instant";
import { epochMs } from "@/lib/domain/epoch-ns";
import { ProblemError } from "@/lib/platform/problem-error";
import type { EpisodeCursor } from "@/lib/store/alert-repository";
import type { EpisodeFilter } from "@/lib/store/episode-filter";

const LONGEST_MS = 400 * 86_400_000;

export interface AskedEpisodes {
  readonly filter: EpisodeFilter;
  readonly after: EpisodeCursor | undefined;
  readonly limit: number;
}

export function parseEpisodeQuery(searchParams: URLSearchParams, now: Date): AskedEpisodes {
  const parsed = EpisodeQuery.safeParse(Object.fromEntries(searchParams));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path.join(".");
    throw new ProblemError("bad-request", { detail: "The parameter is not as described.", ...(field && { field }) });
  }
  const { from, to, q, cursor, limit, ...rest } = parsed.data;
  const filter = { ...rest, from: instantOf("from", from, now), to: instantOf("to", to, now), words: wordsOf(q) };
  if (filter.from >= filter.to) throw wrong("from", "Expected a time before `to`.");
  if (filter.to.getTime() - filter.from.getTime() > LONGEST_MS) throw wrong("from", "Expected at most 400 days.");
  return { filter, limit, after: cursor === undefined || cursor === "" ? undefined : cursorOf(cursor) };
}

/** Opaque to those who hand it back. */
export function cursorText({ startsAt, id }: EpisodeCursor): string {
  return Buffer.from(`${startsAt.toISOString()} ${id}`).toString("base64url");
}

function cursorOf(text: string): EpisodeCursor {
  const [at = "", id = ""] = Buffer.from(text, "base64url").toString("utf8").split(" ");
  const startsAt = new Date(at);
  if (Number.isNaN(startsAt.getTime()) || !/^[0-9a-f]{32}$/.test(id)) {
    throw wrong("cursor", "Expected the `next` of an earlier answer.");
  }
  return { startsAt, id };
}

function instantOf(field: "from" | "to", text: string, now: Date): Date {
  const ns = parseInstant(text, now.getTime());
  if (ns === undefined) throw wrong(field, "Expected a time, such as 2026-10-03T02:14:00Z or now-30d.");
  return new Date(epochMs(ns));
}

function wordsOf(q: string | undefined): string[] {
  return (q ?? "").split(/\s+/).filter(Boolean).slice(0, 10);
}

function wrong(field: string, detail: string): ProblemError {
  return new ProblemError("bad-request", { field, detail });
}
