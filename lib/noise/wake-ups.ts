/**
 * Which of a person's interrupts in sleeping hours are wake-ups of their own: the first, and each that comes at least
 * `apartMs` after the wake-up before. Times sorted; the answer holds positions in them.
 */
export function findWakeUps(sleepInterrupts: readonly number[], apartMs: number): number[] {
  const wakeUps: number[] = [];
  let last = -Infinity;
  sleepInterrupts.forEach((time, position) => {
    if (time - last < apartMs) return;
    wakeUps.push(position);
    last = time;
  });
  return wakeUps;
}
