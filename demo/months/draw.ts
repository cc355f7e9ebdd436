/** Shapes of chance that a month needs beside the even one. Each takes the seeded stream that it draws from. */
import type { Random } from "../story/random";

/** Time to the next event of a process with that mean distance. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random.next()) * mean;
}

/** Many short, few very long: how long incidents and the work on them last. */
export function logNormal(random: Random, median: number, sigma: number): number {
  const angle = 2 * Math.PI * random.next();
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return median * Math.exp(sigma * radius * Math.cos(angle));
}

/** Index into weights. */
export function weighted(random: Random, weights: readonly number[]): number {
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => (left -= weight) < 0);
  return index === -1 ? weights.length - 1 : index;
}

/** Number of events where `mean` are expected. */
export function poisson(random: Random, mean: number): number {
  let count = 0;
  for (let at = exponential(random, 1); at < mean; at += exponential(random, 1)) count++;
  return count;
}

/** Instants inside the span, in order, at least `apart` from each other: what is planted apart can be counted. */
export function spread(random: Random, count: number, fromMs: number, toMs: number, apartMs: number): number[] {
  const slot = (toMs - fromMs) / count;
  const room = slot - apartMs;
  if (room <= 0) throw new Error(`${String(count)} events do not fit that far apart`);
  return Array.from({ length: count }, (_, index) => Math.round(fromMs + index * slot + random.next() * room));
}
