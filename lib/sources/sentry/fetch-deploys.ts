/**
 * Releases and deploys as marks around an incident. There is no list of deploys: releases come newest first, and those
 * with deploys are asked one by one. https://docs.sentry.io/api/releases/
 */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { epochNsFromRfc3339 } from "@/lib/domain/epoch-ns";
import type { NativeQuery } from "@/lib/domain/source-outcome";
import { isInWindow } from "@/lib/domain/time-window";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { mapWithLimit } from "./map-with-limit";
import { deployEvent, releaseProject } from "./normalize-deploy";
import { projectScopes } from "./project-scope";
import { releaseParameters } from "./query";
import { httpQuery, type SentryFindings, type SentryQuestion } from "./question";
import type { SentryRelease } from "./wire";

const MAX_PAGES = 4;
const MAX_RELEASES_WITH_DEPLOYS = 20;
const CONCURRENCY = 2;

/** Deploys (and releases without one) of the asked services inside the window. */
export async function fetchDeploys(question: SentryQuestion, rawServices: readonly string[]): Promise<SentryFindings> {
  const { scopes, gaps: scopeGaps } = await projectScopes(question);
  const listed = await listReleases(question, scopes.flat());
  const gaps: EvidenceGap[] = [...scopeGaps, ...listed.gaps];
  const queries: NativeQuery[] = [...listed.queries];
  const relevant = listed.releases.flatMap((release) => {
    const project = releaseProject(release, rawServices, question.projectSlugs);
    return project === undefined ? [] : [{ release, project }];
  });
  const deployed = relevant.filter(({ release }) => mayBeDeployedInside(question, release));
  if (deployed.length > MAX_RELEASES_WITH_DEPLOYS) {
    gaps.push(truncated(question, MAX_RELEASES_WITH_DEPLOYS, deployed.length));
  }
  const asked = deployed.slice(0, MAX_RELEASES_WITH_DEPLOYS);
  const answers = await mapWithLimit(asked, CONCURRENCY, ({ release }) => question.client.deploys(release.version));
  const events: TimelineEvent[] = [];
  for (const [index, { release, project }] of asked.entries()) {
    queries.push(httpQuery(`${releasesPath(question)}${encodeURIComponent(release.version)}/deploys/`, []));
    const answer = answers[index];
    if (answer?.ok === false) gaps.push(question.gapOf(answer.failure));
    // The release itself names its last deploy: better one mark than none.
    const deploys = answer?.ok ? answer.value : release.lastDeploy ? [release.lastDeploy] : [];
    for (const deploy of deploys) {
      const event = deployEvent(question.source, question.webBase, project, release, deploy);
      if (event !== undefined) events.push(event);
    }
  }
  for (const { release, project } of relevant) {
    const event = hasDeploys(release)
      ? undefined
      : deployEvent(question.source, question.webBase, project, release, undefined);
    if (event !== undefined) events.push(event);
  }
  return {
    answered: listed.answered,
    events: events.filter((event) => isInWindow(question.window, event.happenedAtNs)),
    gaps,
    queries,
  };
}

async function listReleases(question: SentryQuestion, projectIds: readonly string[]) {
  const releases: SentryRelease[] = [];
  const gaps: EvidenceGap[] = [];
  const queries: NativeQuery[] = [];
  let answered = false;
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const parameters = releaseParameters(projectIds, cursor);
    queries.push(httpQuery(releasesPath(question), parameters));
    const answer = await question.client.releases(parameters);
    if (!answer.ok) {
      gaps.push(question.gapOf(answer.failure));
      return { releases, gaps, queries, answered };
    }
    answered = true;
    releases.push(...answer.value);
    cursor = answer.cursor;
    if (cursor === undefined || answer.value.every((release) => isBefore(question, release))) {
      return { releases, gaps, queries, answered };
    }
  }
  gaps.push(truncated(question, releases.length));
  return { releases, gaps, queries, answered };
}

/** A release made long ago may be deployed today; its last deploy tells whether any can be inside the window. */
function mayBeDeployedInside(question: SentryQuestion, release: SentryRelease): boolean {
  if (!hasDeploys(release)) return false;
  const last = epochNsFromRfc3339(release.lastDeploy?.dateFinished ?? "");
  return last === undefined || last >= question.window.fromNs;
}

function hasDeploys(release: SentryRelease): boolean {
  return (release.deployCount ?? 0) > 0 || Boolean(release.lastDeploy);
}

function isBefore(question: SentryQuestion, release: SentryRelease): boolean {
  const created = epochNsFromRfc3339(release.dateCreated ?? "");
  return created !== undefined && created < question.window.fromNs;
}

function truncated(question: SentryQuestion, shown: number, total?: number): EvidenceGap {
  return {
    source: question.source,
    reason: "truncated",
    detail:
      "Sentry holds more releases than were read; older deploys may be missing. It does not list releases by time, so the " +
      "rest cannot be fetched from here.",
    window: question.window,
    retryable: false,
    shown,
    ...(total === undefined ? {} : { total }),
  };
}

function releasesPath(question: SentryQuestion): string {
  return `/api/0/organizations/${encodeURIComponent(question.org)}/releases/`;
}
