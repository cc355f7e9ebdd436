/** The sources that are polled for alerts and rules: those of file, environment and admin page, each with its own client. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import { sourceId, type SourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { SourceHttpClient } from "@/lib/platform/create-source-http";
import type { SourceHttp } from "@/lib/platform/source-http";
import { openSourceHttp } from "@/lib/sources/open-source-http";
import type { SourceRepository } from "@/lib/store/source-repository";
import { settingsInForce } from "@/lib/timeline/source-pool";

export interface PolledSource {
  readonly id: SourceId;
  readonly kind: "alertmanager" | "prometheus";
  readonly http: SourceHttp;
}

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
      const { kind } = one;
      const id = sourceId(kind, one.name);
      // Pages never replace what is provisioned, which comes first.
      if ((kind !== "alertmanager" && kind !== "prometheus") || next.has(id)) continue;
      const made = JSON.stringify(one);
      const known = seats.get(id);
      next.set(id, known?.made === made ? known : { id, kind, made, http: openSourceHttp(one) });
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
