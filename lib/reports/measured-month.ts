/** A month as measured by what is known now. Remembered until the data changes; two askers at once measure it once. */
import "server-only";
import { createHash } from "node:crypto";
import { configuration } from "@/lib/config/load-configuration";
import type { NoiseInput } from "@/lib/domain/noise-input";
import { measureMonth, type Measured } from "@/lib/noise/measure-month";
import type { ReviewFacts } from "@/lib/noise/review-facts";
import { store, type Store } from "@/lib/store/open-store";
import { collectMonth } from "./collect-month";
import { monthBounds } from "./month-bounds";

export interface MeasuredMonth extends Measured {
  readonly input: NoiseInput;
  /** SHA-256 over the rules in force at the month's end; null when none are known. */
  readonly ruleSet: string | null;
}

interface Kept {
  readonly mark: string;
  readonly measured: Promise<MeasuredMonth>;
}

const KEPT_MONTHS = 4;
const SLOT = Symbol.for("throughline.measured-months");
const holder: typeof globalThis & { [SLOT]?: Map<string, Kept> } = globalThis;

export async function measuredMonth(month: string, now: Date): Promise<MeasuredMonth> {
  const opened = await store();
  const { to } = monthBounds(month);
  const { from } = monthBounds(month, -1);
  const margin = 72 * 3_600_000;
  const [data] = await Promise.all([
    opened.noise.mark(new Date(from.getTime() - margin), new Date(to.getTime() + margin)),
  ]);
  // Whether something is old enough to be judged depends on the hour too.
  const mark = `${data} ${now.toISOString().slice(0, 13)}`;
  const kept = (holder[SLOT] ??= new Map());
  const known = kept.get(month);
  if (known?.mark === mark) return known.measured;
  const measured = measure(month, now, opened);
  kept.delete(month);
  kept.set(month, { mark, measured });
  for (const oldest of kept.keys()) if (kept.size > KEPT_MONTHS) kept.delete(oldest);
  measured.catch(() => {
    if (kept.get(month)?.measured === measured) kept.delete(month);
  });
  return measured;
}

async function measure(month: string, now: Date, opened: Store): Promise<MeasuredMonth> {
  const { input, ruleHashes } = await collectMonth(month, now, opened);
  const measured = measureMonth(input, configuration().noise, await factsOf(input, opened));
  const ruleSet = ruleHashes.length === 0 ? null : createHash("sha256").update(ruleHashes.join("\n")).digest("hex");
  return { ...measured, input, ruleSet };
}

/** What the review knows beyond alerts. */
async function factsOf({ from, to }: NoiseInput, { accessRequests }: Store): Promise<ReviewFacts> {
  const asked = await accessRequests.asked(from, to, 100_000);
  const counts = new Map<string, { team: string; resource: string; requests: number }>();
  for (const { role, kind, wanted } of asked) {
    const line = { team: role, resource: `${kind} ${wanted}`, requests: 0 };
    const known = counts.get(`${role} ${line.resource}`) ?? line;
    counts.set(`${role} ${line.resource}`, { ...known, requests: known.requests + 1 });
  }
  return {
    accessRequests: [...counts.values()].sort((a, b) => b.requests - a.requests || (a.resource < b.resource ? -1 : 1)),
  };
}
