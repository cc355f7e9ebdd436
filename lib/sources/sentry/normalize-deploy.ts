/** Sentry releases and deploys as timeline events. Pure. */
import { epochNsFromRfc3339 } from "@/lib/domain/epoch-ns";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { foldName } from "@/lib/normalize/attribute-spellings";
import { contentFactId } from "@/lib/normalize/fact-id";
import { releasePage } from "./links";
import type { SentryDeploy, SentryRelease } from "./wire";

/**
 * The project (or the package in `package@1.4.0`) by which a release belongs to the asked services; for a source that
 * the operator limited to some projects, any of those. Undefined when the release is about something else.
 */
export function releaseProject(
  release: SentryRelease,
  rawServices: readonly string[],
  projectSlugs: readonly string[],
): string | undefined {
  const slugs = (release.projects ?? []).flatMap((project) => (project.slug ? [project.slug] : []));
  const names = [...slugs, ...packageName(release.version)];
  const asked = new Set(rawServices.map(foldName));
  return names.find((name) => asked.has(foldName(name))) ?? slugs.find((slug) => projectSlugs.includes(slug));
}

/** A deploy is marked at its end: before it, the old version may still have answered. */
export function deployEvent(
  source: SourceId,
  webBase: string,
  project: string,
  release: SentryRelease,
  deploy: SentryDeploy | undefined,
): TimelineEvent | undefined {
  const instant =
    deploy?.dateFinished ?? (deploy === undefined ? (release.dateReleased ?? release.dateCreated) : undefined);
  const happenedAtNs = epochNsFromRfc3339(instant ?? "");
  if (happenedAtNs === undefined) return undefined;
  const attributes: [string, string | null | undefined][] = [
    ["release", release.version],
    ["environment", deploy?.environment],
    ["deploy.name", deploy?.name],
    ["deploy.started_at", deploy?.dateStarted],
    ["sentry.project", project],
  ];
  return {
    id: contentFactId(source, happenedAtNs, ["deploy", release.version, deploy?.id ?? "", deploy?.environment ?? ""]),
    kind: "deploy",
    happenedAtNs,
    rawService: project,
    rawEnvironment: deploy?.environment ?? null,
    severity: "info",
    outcome: "ok",
    title: `Released ${release.version}`,
    attributes: Object.fromEntries(attributes.flatMap(([name, value]) => (value ? [[name, value] as const] : []))),
    sightings: [],
    source,
    links: [{ label: "Sentry release", url: releasePage(webBase, release.version) }],
    context: true,
  };
}

function packageName(version: string): string[] {
  const at = version.lastIndexOf("@");
  return at > 0 ? [version.slice(0, at)] : [];
}
