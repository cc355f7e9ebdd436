/** One name per service and environment, whatever the sources call them. */
import type { CatalogService, EnvironmentAlias } from "@/lib/domain/service-catalog";
import { foldName } from "./attribute-spellings";

export interface CanonicalService {
  readonly name: string;
  readonly displayName: string;
  readonly owner?: string;
  readonly actor: CatalogService["actor"];
  readonly audience: CatalogService["audience"];
  /** False for a service nobody listed: its name is shown only to roles that may read infrastructure. */
  readonly listed: boolean;
  /** Every spelling, for asking the sources. */
  readonly spellings: readonly string[];
}

export interface CanonicalNames {
  service(raw: string): CanonicalService;
  /** Undefined for an environment nobody listed. */
  environment(raw: string): string | undefined;
}

export function compileCanonicalNames(
  services: readonly CatalogService[],
  environments: readonly EnvironmentAlias[],
): CanonicalNames {
  const byName = new Map<string, CanonicalService>();
  for (const service of services) {
    const spellings = [...new Set([service.name, ...service.aliases])];
    const canonical = {
      name: service.name,
      displayName: service.displayName ?? service.name.replace(/[-_.]+/g, " "),
      ...(service.owner === undefined ? {} : { owner: service.owner }),
      actor: service.actor,
      audience: service.audience,
      listed: true,
      spellings,
    };
    for (const spelling of spellings) if (!byName.has(foldName(spelling))) byName.set(foldName(spelling), canonical);
  }
  const unlisted = new Map<string, CanonicalService>();
  const environmentByName = new Map<string, string>();
  for (const { name, aliases } of environments) {
    for (const spelling of [name, ...aliases]) environmentByName.set(foldName(spelling), name);
  }
  return {
    service(raw) {
      const listed = byName.get(foldName(raw));
      if (listed) return listed;
      let known = unlisted.get(raw);
      if (!known) {
        known = { name: raw, displayName: raw, actor: "service", audience: "product", listed: false, spellings: [raw] };
        if (unlisted.size < 10_000) unlisted.set(raw, known);
      }
      return known;
    },
    environment: (raw) => environmentByName.get(foldName(raw)),
  };
}
