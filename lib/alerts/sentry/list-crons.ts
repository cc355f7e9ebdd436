/** Cron monitors as Sentry lists them → one line per monitor and environment: does it run as it should? Pure. */
import { alertFingerprint } from "@/lib/normalize/alert-fingerprint";
import { cronPage } from "@/lib/sources/sentry/links";
import type { SentryMonitor } from "@/lib/sources/sentry/wire";
import { alertInstant } from "../alert-instant";
import { storableTexts } from "../describe-alert";

export interface ListedCron {
  readonly fingerprint: string;
  readonly monitor: string;
  readonly project: string;
  readonly environment: string;
  /** `untold`: never ran, or a state that this version does not know. */
  readonly state: "failing" | "ok" | "untold";
  /** Start of the open incident; null where the server does not tell it. */
  readonly incidentMs: number | null;
  readonly lastCheckInMs: number | null;
  readonly muted: boolean;
  /** So many good runs in a row end an incident. */
  readonly recoveryThreshold: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly url: string;
}

/** An open incident is `error` today; servers before 2024 say what went wrong. */
const FAILING: ReadonlySet<string> = new Set(["error", "missed_checkin", "timeout"]);

/** What is disabled, or belongs to another project than `projects` (empty: all), is left out. */
export function listCrons(
  monitors: readonly SentryMonitor[],
  { projects, webBase, now }: { readonly projects: readonly string[]; readonly webBase: string; readonly now: Date },
): ListedCron[] {
  const msOf = (text: string | null | undefined) => alertInstant(text, now)?.getTime() ?? null;
  return monitors.flatMap(({ id, slug, name, status, isMuted, config, project, environments }) => {
    if (status === "disabled" || (projects.length > 0 && !projects.includes(project.slug))) return [];
    return environments.flatMap((one): ListedCron[] => {
      if (one.status === "disabled") return [];
      const labels = storableTexts({
        ...{ alertname: `Cron failure: ${name}`, service: project.slug, env: one.name },
        ...{ monitor: slug, monitor_id: id },
      });
      const isFailing = FAILING.has(one.status) || Boolean(one.activeIncident);
      return [
        {
          ...{ fingerprint: cronFingerprint(labels), monitor: id, project: project.slug, environment: one.name },
          state: isFailing ? "failing" : one.status === "ok" ? "ok" : "untold",
          incidentMs: msOf(one.activeIncident?.startingTimestamp),
          lastCheckInMs: msOf(one.lastCheckIn),
          muted: isMuted === true || one.isMuted === true,
          recoveryThreshold: Math.max(1, config?.recovery_threshold ?? 1),
          ...{ labels, url: cronPage(webBase, project.slug, slug) },
        },
      ];
    });
  });
}

/** Names and slugs may change; monitor and environment stay. */
export function cronFingerprint(labels: Readonly<Record<string, string>>): string {
  const { monitor_id: id = "", env = "" } = labels;
  return alertFingerprint({ monitor_id: id, env }, new Set());
}
