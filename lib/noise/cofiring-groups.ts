/** Groups of rules that fire together: average linkage over the pairs that do, so that a chain of pairs is no group. */
import type { CofiringGroups, CofiringPair } from "@/lib/contract/cofiring";
import { at } from "./at";
import { step, type Steps } from "./steps";

/** Two that pair and a third that only one of them pairs with share half on average: that is a chain. */
const JOINED_ABOVE = 0.5;
/** The work grows with the cube. */
const MOST_RULES = 300;

/**
 * The two groups with the highest mean share over all pairs between them become one, until none is above a half. A pair that
 * is not among the given has a share of nothing. Ties go to the first names, so that the order of the input changes nothing.
 */
export function* groupCofiring(pairs: readonly CofiringPair[]): Steps<CofiringGroups> {
  // One order for all sums: those of the same shares in another differ in the last bit.
  const strongest = [...pairs].sort((x, y) => x.p - y.p || y.lift - x.lift || (keyOf(x) < keyOf(y) ? -1 : 1));
  const all = new Set(strongest.flatMap(({ a, b }) => [a, b]));
  const rules = [...all].slice(0, MOST_RULES).sort();
  const place = new Map(rules.map((rule, index) => [rule, index]));
  // The sum of the shares between two groups; theirs is the mean once divided by how many pairs there could be.
  const sums = rules.map(() => new Float64Array(rules.length));
  for (const { a, b, share } of strongest) {
    const [i, j] = [place.get(a), place.get(b)];
    if (i === undefined || j === undefined) continue;
    at(sums, i)[j] = share;
    at(sums, j)[i] = share;
  }
  let groups = rules.map((_, index) => [index]);
  for (;;) {
    const best = yield* step(closest(groups, sums));
    if (best === null) break;
    const [one, other] = best;
    for (const [left] of groups as [number][]) {
      const together = at(at(sums, one), left) + at(at(sums, other), left);
      at(sums, one)[left] = together;
      at(sums, left)[one] = together;
    }
    const joined = groups.filter(([first]) => first === one || first === other).flat();
    groups = groups.filter(([first]) => first !== other).map((group) => (group[0] === one ? joined : group));
  }
  return {
    groups: groups
      .filter(({ length }) => length > 1)
      .map((members) => describe(members.map((member) => at(rules, member)).sort(), strongest))
      .sort(
        (x, y) => y.rules.length - x.rules.length || y.share - x.share || (at(x.rules, 0) < at(y.rules, 0) ? -1 : 1),
      ),
    rules: rules.length,
    of: all.size,
  };
}

function keyOf({ a, b }: CofiringPair): string {
  return JSON.stringify([a, b]);
}

/** First members of the two groups to join; a group is known by its first. */
function closest(
  groups: readonly (readonly number[])[],
  sums: readonly Float64Array[],
): readonly [number, number] | null {
  let most = JOINED_ABOVE;
  let best: readonly [number, number] | null = null;
  groups.forEach((group, position) => {
    const row = at(sums, at(group, 0));
    for (let other = position + 1; other < groups.length; other += 1) {
      const beside = at(groups, other);
      const mean = at(row, at(beside, 0)) / (group.length * beside.length);
      // Equal means of groups of other sizes may differ in the last bit.
      if (mean > most + 1e-9) {
        most = mean;
        best = [at(group, 0), at(beside, 0)];
      }
    }
  });
  return best;
}

/** The rule that leads starts before the others by the sum of the medians; nobody leads where none is earlier. */
function describe(rules: readonly string[], pairs: readonly CofiringPair[]): CofiringGroups["groups"][number] {
  const own = new Map(rules.map((rule) => [rule, 0]));
  let shares = 0;
  for (const { a, b, lagSeconds, share } of pairs) {
    const [first, second] = [own.get(a), own.get(b)];
    if (first === undefined || second === undefined) continue;
    own.set(a, first + lagSeconds);
    own.set(b, second - lagSeconds);
    shares += share;
  }
  const [lead] = [...own].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return {
    rules: [...rules],
    lead: lead !== undefined && lead[1] > 0 ? lead[0] : null,
    share: shares / ((rules.length * (rules.length - 1)) / 2),
  };
}
