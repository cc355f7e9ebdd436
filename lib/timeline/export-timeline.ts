/** The use case behind `POST /api/v1/timeline/export`: the same answer as on screen, as a file, recorded with whose data it holds. */
import "server-only";
import { requireAbility } from "@/lib/access/resolve-access";
import { narrowedTo, refuseWhileRevealed, requireAudience } from "@/lib/access/shared-access";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { EXPORT_FILES, type TimelineExport } from "@/lib/contract/timeline-export";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { takeToken } from "@/lib/identity/rate-limit";
import { store } from "@/lib/store/open-store";
import { exportCsv } from "@/lib/stream/export-csv";
import { exportJson } from "@/lib/stream/export-json";
import { exportMarkdown } from "@/lib/stream/export-markdown";
import { collectTimeline, startQuestion, type StartedQuestion } from "./answer-timeline";
import { askedSubjects } from "./audit-view";

export interface ExportedFile {
  /** Tells the day and nothing else: names of files travel further than what is in them. */
  readonly name: string;
  readonly contentType: string;
  readonly content: string;
}

/**
 * Undefined when the asker left before the end. Throws `ProblemError`: `forbidden` for roles that may not export, and while
 * a reveal is in force; `bad-request` naming the field; `rate-limited`.
 */
export async function exportTimeline(
  principal: Principal,
  wish: TimelineExport,
  leaving: AbortSignal,
  current: () => Promise<Principal> = () => Promise.resolve(principal),
): Promise<ExportedFile | undefined> {
  await requireAbility(principal, "export");
  await takeToken("export", principal.userId);
  const audience = await requireAudience(wish.audience);
  const started = await startQuestion(principal, parametersOf(wish));
  refuseWhileRevealed(started.access);
  const access = narrowedTo(started.access, audience);
  const answer = await collectTimeline(principal, { ...started, access }, leaving, current);
  if (!answer) return undefined;
  await auditExport(principal, started, answer, wish);
  const exportedAt = new Date();
  const { extension, contentType } = EXPORT_FILES[wish.format];
  const name = `timeline-${exportedAt.toISOString().slice(0, 10)}.${extension}`;
  return { name, contentType, content: textOf(answer, wish, exportedAt, audience) };
}

function textOf(answer: TimelineAnswer, { format, bom }: TimelineExport, exportedAt: Date, audience: Role | null) {
  const made = { exportedAt, ...(audience !== null && { audience }) };
  switch (format) {
    case "markdown":
      return exportMarkdown(answer, made);
    case "csv":
      return exportCsv(answer, made, bom === undefined ? {} : { bom });
    case "json":
      return exportJson(answer, made);
  }
}

async function auditExport(
  { userId: actor, role }: Principal,
  { asked, access, deps, viewId }: StartedQuestion,
  { stats, gaps }: TimelineAnswer,
  { format, audience }: TimelineExport,
): Promise<void> {
  const { audit } = await store();
  const counts = { rows: stats.shown, parts: stats.parts, gaps: gaps.length };
  await audit.append({
    ...{ actor, role, action: "timeline.export", incident: access.incident },
    subjects: askedSubjects(asked, access, deps),
    requestId: viewId,
    detail: { format, ...counts, ...(audience !== undefined && { audience }) },
  });
}

function parametersOf({ keys, from, to, widen = [], continue: tokens = [] }: TimelineExport): URLSearchParams {
  const parameters = new URLSearchParams(keys.map((key) => ["key", key]));
  for (const key of widen) parameters.append("widen", key);
  for (const token of tokens) parameters.append("continue", token);
  if (from !== undefined) parameters.set("from", from);
  if (to !== undefined) parameters.set("to", to);
  return parameters;
}
