/**
 * Which project ids to send. `project` takes ids on every server and slugs only on new ones, so configured slugs are
 * resolved once. An organisation whose plan lacks "global views" must be asked one project at a time.
 */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { SentryProject } from "./wire";
import { isAllowedProject, type SentryQuestion } from "./question";

const MAX_PAGES = 5;
const MAX_PROJECTS_ONE_BY_ONE = 20;

/** Id lists, one per request; `[[]]` asks all projects at once. Gaps name what could not be resolved. */
export async function projectScopes(
  question: SentryQuestion,
): Promise<{ scopes: readonly (readonly string[])[]; gaps: readonly EvidenceGap[] }> {
  const { learned } = question;
  if (learned.perProject !== undefined) return { scopes: learned.perProject.map((id) => [id]), gaps: [] };
  if (question.projectSlugs.length === 0) return { scopes: [[]], gaps: [] };
  if (learned.projectIds !== undefined) return { scopes: [learned.projectIds], gaps: [] };
  const listed = await listProjects(question);
  // Without ids everything is asked, and rows of other projects are dropped when they arrive.
  if (!listed.ok || listed.ids.length === 0) return { scopes: [[]], gaps: [] };
  learned.projectIds = listed.ids;
  return { scopes: [listed.ids], gaps: [] };
}

/** After the refusal "cannot view events from multiple projects". */
export async function oneByOneScopes(
  question: SentryQuestion,
): Promise<{ scopes: readonly (readonly string[])[]; gaps: readonly EvidenceGap[] }> {
  const listed = await listProjects(question);
  if (!listed.ok) return { scopes: [], gaps: [listed.gap] };
  question.learned.perProject = listed.ids.slice(0, MAX_PROJECTS_ONE_BY_ONE);
  const gaps: EvidenceGap[] =
    listed.ids.length <= MAX_PROJECTS_ONE_BY_ONE
      ? []
      : [
          {
            source: question.source,
            reason: "truncated",
            detail: "Sentry allows one project per question here, and there are more projects than were asked.",
            window: question.window,
            retryable: false,
            shown: MAX_PROJECTS_ONE_BY_ONE,
            total: listed.ids.length,
          },
        ];
  return { scopes: question.learned.perProject.map((id) => [id]), gaps };
}

async function listProjects(
  question: SentryQuestion,
): Promise<{ ok: true; ids: readonly string[] } | { ok: false; gap: EvidenceGap }> {
  const projects: SentryProject[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await question.client.projects(cursor);
    if (!answer.ok) return { ok: false, gap: question.gapOf(answer.failure) };
    projects.push(...answer.value);
    cursor = answer.cursor;
    if (cursor === undefined) break;
  }
  const allowed = projects.filter((project) => isAllowedProject(question, project.slug));
  return { ok: true, ids: allowed.map((project) => project.id) };
}
