/** Medians with spread, and the line that says whether an aim is met. */

export interface Timing {
  readonly medianMs: number;
  /** Half the distance between the slowest and the fastest run, as a share of the median. */
  readonly spread: number;
}

export async function time(runs: number, work: () => unknown): Promise<Timing> {
  const samples: number[] = [];
  await work(); // Warm: compiled code and filled look-up tables are what a server has after its first question.
  for (let i = 0; i < runs; i++) {
    const startedAt = performance.now();
    await work();
    samples.push(performance.now() - startedAt);
  }
  samples.sort((a, b) => a - b);
  const medianMs = samples[Math.floor(samples.length / 2)] ?? 0;
  const spread = ((samples.at(-1) ?? 0) - (samples[0] ?? 0)) / 2 / Math.max(medianMs, 0.001);
  return { medianMs, spread };
}

export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most this; absent for figures without an aim. */
  readonly aim?: number;
  readonly note?: string;
}

export function resultLine({ name, value, unit, aim, note }: Result): string {
  const verdict = aim === undefined ? "" : ` (aim ≤ ${aim}${unit}: ${value <= aim ? "met" : "NOT met"})`;
  return `${name.padEnd(58)} ${value.toFixed(2)}${unit}${verdict}${note === undefined ? "" : `  ${note}`}`;
}
