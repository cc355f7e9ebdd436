/** The month in three plain sentences: people, noise, and what was missed. */
import type { HeadNumber, RuleLine } from "@/lib/contract/noise-report";

export function writeSentences(
  numbers: readonly HeadNumber[],
  rules: readonly RuleLine[],
  impacts: { impacts: number; detected: number },
): string[] {
  return [aboutPeople(numbers), aboutNoise(numbers, rules), aboutRecall(impacts)];
}

function aboutPeople(numbers: readonly HeadNumber[]): string {
  const wakeUps = numbers.find(({ id }) => id === "wake-ups");
  const count = wakeUps?.estimate.value ?? null;
  if (wakeUps === undefined || count === null) {
    return `How often people were woken is not known because ${wakeUps?.estimate.why ?? "nothing was measured"}.`;
  }
  const woken = count === 0 ? "Nobody was woken" : `People were woken ${times(count)}`;
  if (wakeUps.before?.value == null) return `${woken}; there is no month before to compare with.`;
  const change = {
    lower: "fewer than",
    higher: "more than",
    "no-clear-change": "no clear change from",
    "not-known": "too little to compare with",
  };
  return `${woken}, ${change[wakeUps.change]} the ${wakeUps.before.value} of the month before.`;
}

function aboutNoise(numbers: readonly HeadNumber[], rules: readonly RuleLine[]): string {
  const noise = numbers.find(({ id }) => id === "noise-hours");
  const hours = noise?.estimate.value ?? null;
  if (noise === undefined || hours === null) {
    return `What noise cost is not known because ${noise?.estimate.why ?? "nothing was measured"}.`;
  }
  const dearest = rules[0];
  const from = dearest === undefined || dearest.noiseMinutes === 0 ? "" : `, most of any rule from ${dearest.name}`;
  return `Pages for nothing took about ${round(hours)} person-hours (${round(noise.estimate.low ?? hours)} to ${round(noise.estimate.high ?? hours)})${from}.`;
}

function aboutRecall({ impacts, detected }: { impacts: number; detected: number }): string {
  if (impacts === 0) return "No impact on customers is recorded, so nothing can be said of what alerts missed.";
  return `A page told first of ${detected} of ${impacts} recorded impacts on customers.`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function round(hours: number): string {
  return hours >= 10 ? String(Math.round(hours)) : hours.toFixed(1);
}
