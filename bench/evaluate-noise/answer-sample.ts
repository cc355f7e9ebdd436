/** What people say of the clusters that were drawn for them: nearly all of it, and as rightly as of the others. */
import type { SimulatedMonth } from "@/demo/months/simulate-month";
import { createRandom } from "@/demo/story/random";
import { type AlertVerdict, VERDICTS } from "@/lib/domain/on-call";
import type { MonthSeen } from "./month-input";

const ANSWERED = 0.9;

/** Verdicts on the episodes that the backlog asks about, given there. */
export function answerSample(
  month: SimulatedMonth,
  { episodeOf }: MonthSeen,
  toJudge: readonly string[],
  wrong: number,
): AlertVerdict[] {
  const random = createRandom(`${month.month}/sample`);
  const wanted = new Set(toJudge);
  const fires = new Map([...episodeOf].filter(([, id]) => wanted.has(id)).map(([fire, id]) => [id, fire] as const));
  return [...fires].flatMap(([episodeId, { cause }]): AlertVerdict[] => {
    if (!random.chance(ANSWERED)) return [];
    const others = VERDICTS.filter((verdict) => verdict !== cause.truth);
    const verdict = random.chance(wrong) ? (others[random.integer(0, others.length - 1)] ?? "noise") : cause.truth;
    const by = { by: "owner@demo.example", byName: "Olga Owner" };
    const createdAt = new Date(month.toMs);
    return [{ episodeId, rule: cause.rule.name, verdict, reason: "", note: "", ...by, via: "backlog", createdAt }];
  });
}
