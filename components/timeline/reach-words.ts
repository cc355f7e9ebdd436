/** How many things an incident touched, as a range where the evidence is partial. Pure. */
import type { FindingView } from "@/lib/contract/timeline-answer";

/** `3 orders`, `2 to 5 accounts`, `at least 3 orders`. Never a bare number for an unknown one. */
export function reachWords({ kind, atLeast, atMost }: FindingView["reach"][number]): string {
  const noun = (count: number): string => (count === 1 ? kind : `${kind}s`);
  const number = (count: number): string => count.toLocaleString("en");
  if (atMost === null) return `at least ${number(atLeast)} ${noun(atLeast)}`;
  if (atMost === atLeast) return `${number(atLeast)} ${noun(atLeast)}`;
  return `${number(atLeast)} to ${number(atMost)} ${noun(atMost)}`;
}
