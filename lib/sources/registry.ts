/**
 * The list of all kinds of source: one line per kind, and a kind in `lib/domain/source-id.ts` without an adapter does not
 * compile. Nothing else names the adapters.
 */
import "server-only";
import type { KeyRule } from "@/lib/domain/key-rule";
import type { SourceKind } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { SourceHttp } from "@/lib/platform/source-http";
import { createAlertmanagerSource } from "./alertmanager/adapter";
import { createLokiSource } from "./loki/adapter";
import { createPrometheusSource } from "./prometheus/adapter";
import { createSentrySource } from "./sentry/adapter";
import type { EventSource } from "./source";
import { createTempoSource } from "./tempo/adapter";

interface AdapterDeps {
  readonly http: SourceHttp;
  /** Read anew for each request: rules change while sources, their breakers and queues stay. */
  readonly keyRules: readonly KeyRule[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface SourcesDeps {
  /** One client per source: breaker, queue and credentials are never shared. */
  readonly createHttp: (settings: SourceSettings) => SourceHttp;
  /** The rules in force now. */
  readonly keyRules: () => readonly KeyRule[];
  readonly now: () => number;
}

const ADAPTERS = {
  loki: createLokiSource,
  tempo: createTempoSource,
  prometheus: createPrometheusSource,
  alertmanager: createAlertmanagerSource,
  sentry: createSentrySource,
} satisfies Record<SourceKind, (settings: SourceSettings, deps: AdapterDeps) => EventSource>;

/** One source per setting, in the order of the settings. Names are checked for uniqueness where settings are read. */
export function createSources(settings: readonly SourceSettings[], deps: SourcesDeps): EventSource[] {
  return settings.map((one) =>
    ADAPTERS[one.kind](one, {
      http: deps.createHttp(one),
      get keyRules() {
        return deps.keyRules();
      },
      now: deps.now,
    }),
  );
}
