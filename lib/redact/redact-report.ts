/** A month's measures as one role may read them. Nobody is ranked, and no group is so small that it says who. Pure. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import type { Access } from "@/lib/domain/access";
import { sourceId, SOURCE_KINDS } from "@/lib/domain/source-id";
import { rowAccess } from "./row-access";

export interface ReportReader {
  /** Ids of the asker's own responders. */
  readonly own: ReadonlySet<string>;
  /** Reads the load of each person: whoever decides. */
  readonly readsPeople: boolean;
}

/**
 * A review counts all alerts. Whoever reads only some of them would learn of the others by subtracting, so that role gets
 * no report at all.
 */
export function readsEveryAlert({ lenses }: Access): boolean {
  return SOURCE_KINDS.every((kind) => {
    const event = { kind: "alert", source: sourceId(kind, ""), attributes: {} } as const;
    return rowAccess({ event, service: null, recognised: false }, lenses) === "full";
  });
}

/** `suppressed` names what is left out: `heat`, `shifts`, `people`, `team:…`. */
export function redactReport(
  report: NoiseReport,
  reader: ReportReader,
): { readonly report: NoiseReport; readonly suppressed: string[] } {
  const smallest = report.settings.smallestGroup;
  const onCall = report.people.length;
  const suppressed: string[] = [];
  const byTeam = new Map<string, number>();
  for (const { team } of report.people) byTeam.set(team, (byTeam.get(team) ?? 0) + 1);
  const isSmall = (team: string): boolean => (byTeam.get(team) ?? 0) < smallest;
  // Ids of people are not for pages: a name is enough where one may be read.
  const people = report.people
    .filter(({ responder }) => reader.readsPeople || reader.own.has(responder))
    .map((person) => ({ ...person, responder: "" }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (people.length < onCall) suppressed.push("people");
  const tooFew = onCall > 0 && onCall < smallest;
  if (tooFew) suppressed.push("heat", "shifts");
  const matrix = reader.readsPeople ? report.matrix : report.matrix.filter(({ paged }) => !isSmall(paged));
  for (const team of new Set(report.matrix.map(({ paged }) => paged))) {
    if (!reader.readsPeople && isSmall(team)) suppressed.push(`team:${team}`);
  }
  return {
    report: {
      ...report,
      people,
      matrix,
      heat: tooFew ? [] : report.heat,
      shifts: tooFew
        ? {
            ...report.shifts,
            slices: [],
            most: 0,
            overTarget: { value: null, low: null, high: null, n: 0, why: "too few people" },
          }
        : report.shifts,
    },
    suppressed,
  };
}
