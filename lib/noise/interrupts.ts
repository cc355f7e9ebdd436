/** Pages that reach a person together, and floods of them. */
import { at } from "./at";

/**
 * The opening of each interrupt, as positions in one person's sorted page times.
 * Anchored at its opening, so that a storm cannot chain forever.
 */
export function openInterrupts(times: readonly number[], windowMs: number): number[] {
  const openings: number[] = [];
  let opened = -Infinity;
  times.forEach((time, position) => {
    if (time - opened < windowMs) return;
    openings.push(position);
    opened = time;
  });
  return openings;
}

/**
 * Positions of the pages with which a storm began: more than ten in ten minutes to one person.
 * A storm lasts until ten minutes hold ten pages or fewer.
 */
export function findStorms(times: readonly number[]): number[] {
  const storms: number[] = [];
  let oldest = 0;
  let storming = false;
  times.forEach((time, position) => {
    while (time - at(times, oldest) >= 600_000) oldest += 1;
    const many = position - oldest + 1 > 10;
    if (many && !storming) storms.push(position);
    storming = many;
  });
  return storms;
}
