/** The rows behind a number, page by page: as many as the number says. */
import "server-only";
import type { FigureRows, FigureRowsQuery } from "@/lib/contract/review";
import type { z } from "zod";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { Redacted } from "@/lib/redact/redacted";
import { measuredMonth, type MeasuredMonth } from "./measured-month";
import { reviewReader, type ReviewReader } from "./review-reader";

type Row = FigureRows["rows"][number];

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
  const ids = measured.rowsOf(figure, group);
  const start = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(start) || start < 0) {
    throw new ProblemError("bad-request", { field: "cursor", detail: "Expected the next of the page before." });
  }
  const describe = describer(measured, reader);
  const shown = ids.slice(start, start + limit);
  const next = start + shown.length < ids.length ? String(start + shown.length) : null;
  return Redacted.seal<FigureRows>({ total: ids.length, rows: shown.map((id) => describe(id, figure)), next });
}

function describer({ input }: MeasuredMonth, reader: ReviewReader): (id: string, figure: string) => Row {
  const fires = new Map(input.fires.map((fire) => [fire.id, fire]));
  const pages = new Map(input.pages.map((page) => [page.id, page]));
  const impacts = new Map(input.impacts.map((impact) => [impact.id, impact]));
  const people = new Map(input.responders.map(({ id, name }) => [id, name]));
  return (id, figure) => {
    const fire = fires.get(id);
    if (fire) {
      const { name: label, service, startsAt, endsAt, endReason, episodeId } = fire;
      const minutes = endsAt === null ? "" : `${((endsAt - startsAt) / 60_000).toFixed(1)} min, `;
      const kind = KINDS[figure] ?? "fire";
      return {
        id,
        kind,
        at: new Date(startsAt).toISOString(),
        label,
        service,
        episodeId,
        detail: `${minutes}${endReason}`,
      };
    }
    const page = pages.get(id);
    if (page) {
      const { alertName: label, service, pagedAt, episodeId, responderId, channel, ackedAt } = page;
      const person =
        reader.readsPeople || reader.own.has(responderId) ? (people.get(responderId) ?? "somebody") : "a colleague";
      const detail = `${person} by ${channel}, ${ackedAt === null ? "not acknowledged" : "acknowledged"}`;
      return { id, kind: "page", at: pagedAt.toISOString(), label, service, episodeId, detail };
    }
    const impact = impacts.get(id);
    if (!impact) throw new Error("a figure counts a row that was not read");
    const { title: label, service, startedAt, firstDetector } = impact;
    return {
      id,
      kind: "impact",
      at: startedAt.toISOString(),
      label,
      service,
      episodeId: null,
      detail: `known first by ${firstDetector}`,
    };
  };
}

const KINDS: Readonly<Record<string, Row["kind"]>> = { episodes: "episode", clusters: "cluster", judged: "cluster" };
