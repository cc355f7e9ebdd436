/** Which rows a lens sees: fully, as a stub, or not at all. Rules only grant, so their order means nothing. Pure. */
import type { Lens } from "@/lib/domain/access";
import type { RowMatch } from "@/lib/domain/policy";
import { kindOfSource } from "@/lib/domain/source-id";
import type { RowService } from "@/lib/domain/stitched-timeline";
import type { TimelineEvent } from "@/lib/domain/timeline-event";

export type RowAccess = "full" | "stub" | "omit";

/** What a rule may look at. Evidence records and rows both have it. */
export interface ScopedRow {
  readonly event: Pick<TimelineEvent, "kind" | "source" | "attributes">;
  readonly service: RowService | null;
  readonly recognised: boolean;
}

/** The least that any lens grants. */
export function rowAccess(row: ScopedRow, lenses: readonly Lens[]): RowAccess {
  let least: RowAccess = "full";
  for (const lens of lenses) {
    const granted = grantedBy(row, lens);
    if (granted === "omit") return "omit";
    if (granted !== "full") least = "stub";
  }
  return lenses.length === 0 ? "omit" : least;
}

/** In the lens's scope: a service of a live grant, or one that a team of the person owns. */
export function owns(lens: Lens, service: RowService | null): boolean {
  if (lens.granted === "all") return true;
  if (!service) return false;
  if (lens.granted.has(service.name)) return true;
  const owner = service.owner?.toLowerCase();
  return owner !== undefined && lens.teams.some((team) => team.toLowerCase() === owner);
}

/** True when the lens may see that every row exists: nothing has to be kept from joining. */
export function seesEveryRow(lens: Lens): boolean {
  return lens.role.rows.some(({ rows }) => Object.values(rows).every((wanted) => wanted === undefined));
}

function grantedBy(row: ScopedRow, lens: Lens): RowAccess {
  let most: RowAccess = "omit";
  for (const { rows, grant } of lens.role.rows) {
    if (most === grant || !matches(row, rows, lens)) continue;
    if (grant === "full") return "full";
    most = grant;
  }
  return most;
}

function matches({ event, service, recognised }: ScopedRow, match: RowMatch, lens: Lens): boolean {
  if (match.kinds && !match.kinds.includes(event.kind)) return false;
  if (match.sourceKinds && !match.sourceKinds.includes(kindOfSource(event.source))) return false;
  if (match.sources && !match.sources.includes(event.source)) return false;
  if (match.services && !(service && match.services.includes(service.name))) return false;
  if (match.teams && !(service?.owner !== undefined && match.teams.includes(service.owner))) return false;
  if (match.recognised && !recognised) return false;
  if (match.own && !owns(lens, service)) return false;
  return Object.entries(match.labels ?? {}).every(([name, values]) => hasLabel(event.attributes, name, values));
}

/** Alert and stream labels stand under `label.`, resource attributes under `resource.`. */
function hasLabel(attributes: TimelineEvent["attributes"], name: string, values: readonly string[]): boolean {
  return [name, `label.${name}`, `resource.${name}`].some(
    (path) => Object.hasOwn(attributes, path) && values.includes(String(attributes[path])),
  );
}
