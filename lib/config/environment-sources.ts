/** One source of each kind from the environment, for a start without a file. Pure. */
import { SourceSettings } from "@/lib/domain/source-settings";
import type { Env } from "@/lib/platform/env";

const NAMES = ["LOKI", "TEMPO", "PROMETHEUS", "ALERTMANAGER", "SENTRY"] as const;

/** The Prometheus label conventions of OpenTelemetry and of most exporters are defaults of `SourceSettings`. */
export function environmentSources(env: Env): SourceSettings[] {
  return NAMES.flatMap((name) => {
    const url = env[`${name}_URL`];
    if (url === undefined) return [];
    return [
      SourceSettings.parse({
        kind: name.toLowerCase(),
        name: "main",
        url,
        token: env[`${name}_TOKEN`],
        username: env[`${name}_USERNAME`],
        password: env[`${name}_PASSWORD`],
        tenant: env[`${name}_TENANT`],
        org: name === "SENTRY" ? env.SENTRY_ORG : undefined,
      }),
    ];
  });
}
