/** The sources that are polled for alerts, rules and cron monitors: those of file, environment and admin page, each with its own client. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import { sourceId, type SourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { SourceHttpClient } from "@/lib/platform/create-source-http";
import type { SourceHttp } from "@/lib/platform/source-http";
import { openSourceHttp } from "@/lib/sources/open-source-http";
import { sentryWebBase } from "@/lib/sources/sentry/links";
import type { SourceRepository } from "@/lib/store/source-repository";
import { settingsInForce } from "@/lib/timeline/source-pool";

export interface PolledSource {
  readonly id: SourceId;
  readonly kind: PolledKind;
  readonly http: SourceHttp;
  /** Of a Sentry. `projects`: slugs, empty for all; `webBase`: what addresses of its pages begin with. */
  readonly sentry?: { readonly org: string; readonly projects: readonly string[]; readonly webBase: string };
}

const POLLED_KINDS = ["alertmanager", "prometheus", "sentry"] as const;
type PolledKind = (typeof POLLED_KINDS)[number];

export interface PolledSources {
  /** As they are stored now. Rejects when the database does not answer. */
  current(stored: Pick<SourceRepository, "mark" | "list">): Promise<readonly PolledSource[]>;
  close(): Promise<void>;
}

interface Seat extends PolledSource {
  readonly made: string;
  readonly http: SourceHttpClient;
}

/** Breaker and queue of a source that did not change stay as they are. */
export function createPolledSources(
  provisioned: () => readonly SourceSettings[] = () => configuration().sources,
): PolledSources {
  let seats: ReadonlyMap<SourceId, Seat> = new Map();
  let mark: string | undefined;

  const seat = (settings: readonly SourceSettings[]): void => {
    const next = new Map<SourceId, Seat>();
    for (const one of settings) {
      const kind = POLLED_KINDS.find((polled) => polled === one.kind);
      const id = sourceId(one.kind, one.name);
      // Pages never replace what is provisioned, which comes first.
      if (kind === undefined || next.has(id)) continue;
      const made = JSON.stringify(one);
      const known = seats.get(id);
      next.set(id, known?.made === made ? known : { id, kind, made, http: openSourceHttp(one), ...sentryOf(one) });
    }
    for (const [id, one] of seats) if (next.get(id) !== one) void one.http.retire();
    seats = next;
  };

  return {
    async current(stored) {
      if ((await stored.mark()) !== mark) {
        const list = await stored.list();
        seat([...provisioned(), ...list.sources.flatMap((one) => settingsInForce(one) ?? [])]);
        mark = list.mark;
      }
      return [...seats.values()];
    },
    async close() {
      await Promise.all([...seats.values()].map(({ http }) => http.close()));
    },
  };
}

/** Without an organisation there is nothing to ask. */
function sentryOf({ kind, url, org, projects }: SourceSettings): Pick<PolledSource, "sentry"> {
  return kind === "sentry" && org !== undefined ? { sentry: { org, projects, webBase: sentryWebBase(url, org) } } : {};
}
