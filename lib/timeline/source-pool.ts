/**
 * The sources of this process. When the settings change, sources that did not change stay as they are: a breaker that is
 * open protects a backend in trouble, and must not be forgotten because an admin edited another source.
 */
import "server-only";
import { sourceId, type SourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { StoredSource } from "@/lib/domain/stored-source";
import type { SourceHttpClient } from "@/lib/platform/create-source-http";
import { lockedSource } from "@/lib/sources/locked-source";
import { createSources, type SourcesDeps } from "@/lib/sources/registry";
import type { EventSource } from "@/lib/sources/source";

export interface SourcePool {
  /** Those of file and environment, and those of the page whose id is free. Pages never replace what is provisioned. */
  use(fromPage: readonly StoredSource[]): ReadonlyMap<SourceId, EventSource>;
}

interface Seat {
  readonly made: string;
  readonly source: EventSource;
  readonly http: SourceHttpClient | undefined;
}

export interface SourcePoolDeps extends Omit<SourcesDeps, "createHttp"> {
  readonly openHttp: (settings: SourceSettings) => SourceHttpClient;
}

export function createSourcePool(provisioned: readonly SourceSettings[], deps: SourcePoolDeps): SourcePool {
  let seats: ReadonlyMap<SourceId, Seat> = new Map();

  const take = (id: SourceId, settings: SourceSettings): Seat => {
    const made = JSON.stringify(settings);
    const known = seats.get(id);
    if (known?.made === made) return known;
    const http = deps.openHttp(settings);
    const [source] = createSources([settings], { ...deps, createHttp: () => http });
    if (source === undefined) throw new Error("one setting makes one source");
    return { made, source, http };
  };

  return {
    use(fromPage) {
      const next = new Map<SourceId, Seat>();
      for (const settings of provisioned) {
        const id = sourceId(settings.kind, settings.name);
        next.set(id, take(id, settings));
      }
      for (const stored of fromPage) {
        const id = sourceId(stored.kind, stored.name);
        if (next.has(id)) continue;
        const settings = settingsInForce(stored);
        const locked = { made: "", source: lockedSource(stored.kind, stored.name), http: undefined };
        next.set(id, settings === undefined ? locked : take(id, settings));
      }
      for (const [id, seat] of seats) {
        // Running fetches end; nothing new goes out with credentials that were taken away.
        if (next.get(id) !== seat) void seat.http?.retire();
      }
      seats = next;
      return new Map([...next].map(([id, { source }]) => [id, source]));
    },
  };
}

/** With its secrets; undefined when either cannot be read. */
export function settingsInForce({ settings, secrets }: StoredSource): SourceSettings | undefined {
  if (settings === undefined || secrets === "locked") return undefined;
  // Whatever is stored: only the operator's list opens private addresses to sources of the page.
  return { ...settings, ...secrets, allowPrivateAddress: false };
}
