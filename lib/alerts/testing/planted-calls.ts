/** Fires that are known, and the calls that two alert managers would make of them: repeated, out of order, cut. Seeded. */
import { minute } from "./a-sighting";

export interface PlantedFire {
  readonly name: string;
  readonly start: number;
  /** Null: still firing. */
  readonly end: number | null;
}

export interface PlantedCall {
  readonly source: string;
  readonly body: string;
  readonly at: string;
}

const GROUPS = 24;
const NAMES_EACH = 3;

export function plantCalls(
  count: number,
  random: () => number,
): { readonly fires: readonly PlantedFire[]; readonly calls: readonly PlantedCall[] } {
  const fires: PlantedFire[] = [];
  const distinct: PlantedCall[] = [];
  for (let group = 0; group < GROUPS; group += 1) {
    const members = Array.from({ length: NAMES_EACH }, (_, index) =>
      plantFires(`G${String(group)}N${String(index)}`, random),
    ).flat();
    fires.push(...members);
    for (const source of ["alertmanager/a", "alertmanager/b"]) distinct.push(...callsOf(members, source, random));
  }
  const calls = [...distinct];
  // Whoever got no answer sends again.
  while (calls.length < count) calls.push(distinct[Math.floor(random() * distinct.length)] as PlantedCall);
  return { fires, calls: shuffled(calls, random) };
}

function plantFires(name: string, random: () => number): PlantedFire[] {
  let at = Math.floor(random() * 60);
  return Array.from({ length: 3 }, (_, index) => {
    const start = at;
    const end = index === 2 && random() < 0.3 ? null : start + 1 + Math.floor(random() * 40);
    at = (end ?? start) + 20 + Math.floor(random() * 60);
    return { name, start, end };
  });
}

/** After each change what fires, and what just ended. A cut call leaves alerts out, which says nothing about them. */
function callsOf(fires: readonly PlantedFire[], source: string, random: () => number): PlantedCall[] {
  const changes = [...new Set(fires.flatMap(({ start, end }) => (end === null ? [start] : [start, end])))].sort(
    (a, b) => a - b,
  );
  return changes.map((at) => {
    const told = fires.filter(({ start, end }) => start <= at && (end === null || end >= at));
    const isCut = told.length > 1 && told.every(({ end }) => end !== at) && random() < 0.3;
    const shown = isCut ? told.slice(0, -1).concat(told.filter(({ start }) => start === at)) : told;
    const alerts = [...new Set(shown)].map(({ name, start, end }) => ({
      ...{
        status: end === at ? "resolved" : "firing",
        labels: { alertname: name, service: "shop", severity: "page", replica: source },
      },
      ...{ annotations: {}, startsAt: minute(start).toISOString() },
      endsAt: end === at ? minute(end).toISOString() : "0001-01-01T00:00:00Z",
    }));
    const body = JSON.stringify({ version: "4", receiver: "pager", truncatedAlerts: isCut ? 1 : 0, alerts });
    return { source, body, at: minute(at + 1).toISOString() };
  });
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
