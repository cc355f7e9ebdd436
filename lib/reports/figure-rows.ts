/** The rows behind a number, page by page: as many as the number says. */
import "server-only";
import type { Figure } from "@/lib/contract/noise-report";
import type { FigureRows, FigureRowsQuery } from "@/lib/contract/review";
import type { z } from "zod";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { countedService } from "@/lib/redact/redact-report-names";
import { redactFigureRows, type CountedRow } from "@/lib/redact/redact-review";
import type { Redacted } from "@/lib/redact/redacted";
import { measuredMonth, type MeasuredMonth } from "./measured-month";
import { reviewReader, type ReviewReader } from "./review-reader";

/**
 * By what is known now, also for a signed month: rows are not part of a snapshot. Groups that name a person are the
 * decider's and one's own. Throws `ProblemError`: `forbidden`, `bad-request`.
 */
export async function figureRows(
  principal: Principal,
  month: string,
  { figure, group, cursor, limit }: z.infer<typeof FigureRowsQuery>,
): Promise<Redacted<FigureRows>> {
  const reader = await reviewReader(principal);
  if (group !== undefined && /^(responder|paged):/.test(group) && !reader.readsPeople)
    throw new ProblemError("forbidden");
  const measured = await measuredMonth(month, new Date());
  const ids = idsOf(figure, group, measured, reader);
  const start = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(start) || start < 0) {
    throw new ProblemError("bad-request", { field: "cursor", detail: "Expected the next of the page before." });
  }
  const shown = ids.slice(start, start + limit);
  const describe = describer(measured, new Set(shown));
  const next = start + shown.length < ids.length ? String(start + shown.length) : null;
  const rows = shown.map((id) => describe(id, figure));
  return redactFigureRows({ total: ids.length, rows, next }, reader, reader.context);
}

/** A service is asked for by the name that the asker reads, which several may share; never by one that is hidden. */
function idsOf(figure: Figure, group: string | undefined, { rowsOf, report }: MeasuredMonth, reader: ReviewReader) {
  if (group?.startsWith("service:") !== true) return rowsOf(figure, group);
  const asked = group.slice("service:".length);
  const named = report.breakdowns.service.filter(({ key }) => countedService(key, reader.context) === asked);
  const [only, ...others] = named.map(({ key }) => rowsOf(figure, `service:${key}`));
  if (only === undefined || others.length === 0) return only ?? [];
  const wanted = new Set([only, ...others].flat());
  return rowsOf(figure).filter((id) => wanted.has(id));
}

/** Of `ids` alone: a month may hold a million fires. */
function describer({ input }: MeasuredMonth, ids: ReadonlySet<string>): (id: string, figure: string) => CountedRow {
  const fires = new Map(input.fires.filter(({ id }) => ids.has(id)).map((fire) => [fire.id, fire]));
  const pages = new Map(input.pages.map((page) => [page.id, page]));
  const impacts = new Map(input.impacts.map((impact) => [impact.id, impact]));
  const people = new Map(input.responders.map(({ id, name }) => [id, name]));
  return (id, figure) => {
    const fire = fires.get(id);
    if (fire) {
      const { name: label, service, startsAt, endsAt, endReason, episodeId } = fire;
      const minutes = endsAt === null ? "" : `${((endsAt - startsAt) / 60_000).toFixed(1)} min, `;
      const kind = KINDS[figure] ?? "fire";
      return { id, kind, at: isoOf(startsAt), label, service, episodeId, words: `${minutes}${endReason}` };
    }
    const page = pages.get(id);
    if (page) {
      const { alertName: label, service, pagedAt, episodeId, responderId, channel, ackedAt, estimated } = page;
      const person = { id: responderId, name: people.get(responderId) ?? "somebody" };
      const told = `by ${channel}, ${ackedAt === null ? "not acknowledged" : "acknowledged"}`;
      const words = estimated ? "on call then; estimated, not told by a pager" : told;
      return { id, kind: "page", at: pagedAt.toISOString(), label, service, episodeId, words, person };
    }
    const impact = impacts.get(id);
    if (!impact) throw new Error("a figure counts a row that was not read");
    const { title: label, service, startedAt, firstDetector } = impact;
    const words = `known first by ${firstDetector}`;
    return { id, kind: "impact", at: startedAt.toISOString(), label, service, episodeId: null, words };
  };
}

const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

const KINDS: Readonly<Record<string, CountedRow["kind"]>> = {
  episodes: "episode",
  clusters: "cluster",
  judged: "cluster",
  sampled: "cluster",
  "sample-judged": "cluster",
  together: "episode",
  "estimated-notifications": "episode",
  "weak-actionable": "episode",
  "weak-noise": "episode",
  "weak-compared": "episode",
};
