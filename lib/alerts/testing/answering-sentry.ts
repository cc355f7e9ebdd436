/**
 * A Sentry that answers about its cron monitors what a test says. Written by hand in the shape of web API 0 (monitor and
 * check-in serializers of getsentry/sentry, 24.3 to 26): a Sentry to record from could not be had.
 */
import type { SourceHttp } from "@/lib/platform/source-http";
import type { PolledSource } from "../polled-sources";
import { minute } from "./a-sighting";

/** Times are minutes since noon. */
export interface ToldMonitor {
  readonly id: string;
  readonly project?: string;
  readonly status?: string;
  readonly isMuted?: boolean;
  readonly recovery?: number;
  /** Of the environment. */
  readonly state?: string;
  /** Start of the open incident. */
  readonly incident?: number;
  readonly lastCheckIn?: number;
}

export interface ToldCheckIn {
  readonly at: number;
  readonly status: string;
  readonly expected?: number;
}

export interface AnsweringSentry extends PolledSource {
  /** Undefined: it does not answer. What is no object of ours is sent as it is. */
  monitors: readonly (ToldMonitor | { readonly raw: unknown })[] | undefined;
  /** By monitor; without them it refuses that question. */
  checkIns: Readonly<Record<string, readonly ToldCheckIn[]>>;
  pageSize: number;
  /** Pages from this one on fail. */
  failingFrom: number;
  /** Paths with their queries, in order. */
  readonly asked: string[];
}

export function answeringSentry(
  monitors: AnsweringSentry["monitors"],
  id: AnsweringSentry["id"] = "sentry/web",
): AnsweringSentry {
  const http: SourceHttp = {
    async send({ path, query = [] }) {
      const search = new URLSearchParams(query.map(([name, value]) => [name, value]));
      source.asked.push(`${path}?${search.toString()}`);
      const offset = Number(/^0:(\d+):0$/.exec(search.get("cursor") ?? "0:0:0")?.[1]);
      if (source.monitors === undefined || offset / source.pageSize >= source.failingFrom) {
        return { ok: false, kind: "status", status: 429, attempts: 2 };
      }
      if (path === "/api/0/organizations/shop/monitors/") return pageOf(source.monitors.map(monitorRow), offset);
      const monitor = /^\/api\/0\/projects\/shop\/[^/]+\/monitors\/([^/]+)\/checkins\/$/.exec(path)?.[1] ?? "";
      const checkIns = source.checkIns[monitor];
      if (!checkIns) return { ok: false, kind: "status", status: 403, attempts: 1 };
      const [from, to] = [Date.parse(search.get("start") ?? ""), Date.parse(search.get("end") ?? "")];
      const inside = checkIns.filter(({ at }) => minute(at).getTime() >= from && minute(at).getTime() <= to);
      return pageOf(inside.sort((a, b) => b.at - a.at).map(checkInRow), 0);
    },
  };
  const pageOf = (rows: readonly unknown[], offset: number) => {
    const text = JSON.stringify(rows.slice(offset, offset + source.pageSize));
    const next = offset + source.pageSize;
    const link = `<https://x/>; rel="next"; results="${String(next < rows.length)}"; cursor="0:${String(next)}:0"`;
    return { ok: true, status: 200, headers: { link }, text, bytes: text.length, attempts: 1 } as const;
  };
  const source: AnsweringSentry = {
    ...{
      id,
      kind: "sentry",
      http,
      monitors,
      checkIns: {},
      asked: [],
      pageSize: 100,
      failingFrom: Infinity,
    },
    sentry: { org: "shop", projects: [], webBase: "https://shop.sentry.io" },
  };
  return source;
}

function monitorRow(told: ToldMonitor | { readonly raw: unknown }): unknown {
  if ("raw" in told) return told.raw;
  const { id, project = "billing", status = "active", isMuted = false, recovery = null, incident } = told;
  const { state = incident === undefined ? "ok" : "error", lastCheckIn } = told;
  const startingTimestamp = incident === undefined ? undefined : minute(incident).toISOString();
  return {
    ...{ id, slug: `${id}-slug`, name: `Job ${id}`, status, isMuted, isUpserting: false, owner: null },
    config: {
      ...{ schedule_type: "crontab", schedule: "0 * * * *", checkin_margin: 5, max_runtime: 30, timezone: "UTC" },
      ...{ failure_issue_threshold: 1, recovery_threshold: recovery, alert_rule_id: null },
    },
    dateCreated: minute(-9_000).toISOString(),
    project: { id: "4", slug: project, name: project, platform: "node" },
    environments: [
      {
        ...{ name: "production", status: state, isMuted: false, dateCreated: minute(-9_000).toISOString() },
        lastCheckIn: lastCheckIn === undefined ? null : minute(lastCheckIn).toISOString(),
        ...{ nextCheckIn: minute(60).toISOString(), nextCheckInLatest: minute(65).toISOString() },
        activeIncident: startingTimestamp ? { startingTimestamp, resolvingTimestamp: null, brokenNotice: null } : null,
      },
    ],
  };
}

function checkInRow({ at, status, expected = at }: ToldCheckIn): object {
  const date = minute(at).toISOString();
  return {
    ...{ id: `${status}${String(at)}`, environment: "production", status, duration: null },
    ...{ dateCreated: date, dateAdded: date, dateUpdated: date, dateInProgress: null, dateClock: date },
    ...{ expectedTime: minute(expected).toISOString(), monitorConfig: {} },
  };
}
