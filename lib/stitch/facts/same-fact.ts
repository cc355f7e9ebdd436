/** Which rows report one and the same fact. Evidence, never likeness alone: two errors that look alike are two. */
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import { exactCopies } from "./exact-copies";
import type { JoinResult } from "../graph/join-evidence";
import { sameAlerts } from "./same-alert";
import { sameErrors } from "./same-error";

/**
 * In: rows in timeline order. Out: places of the rows of each fact that has more than one, each ascending and in no two
 * facts. A span that failed and the exception it recorded stay two: one is a step with a length, the other the moment.
 */
export function sameFacts(rows: readonly TimelineRow[], joined: JoinResult): number[][] {
  // By place: an earlier row of the same fact, or itself.
  const earlier = Array.from(rows, (_, place) => place);
  exactCopies(rows, joined, earlier);
  sameErrors(rows, joined, earlier);
  sameAlerts(rows, earlier);
  const facts = new Map<number, number[]>();
  for (let place = 0; place < earlier.length; place++) {
    const first = earlier[earlier[place] ?? place] ?? place;
    earlier[place] = first;
    if (first === place) continue;
    const fact = facts.get(first);
    if (fact) fact.push(place);
    else facts.set(first, [first, place]);
  }
  return [...facts.values()];
}
