/** What people say about alerts afterwards: few do, rather the annoyed, now and then wrongly, and not always alike. */
import { VERDICTS, type VerdictKind, type VerdictReason } from "@/lib/domain/on-call";
import type { Random } from "../story/random";
import type { MonthPage } from "./page-people";
import type { MonthFire } from "./month-fires";

const HOUR_MS = 3_600_000;

export interface MonthVerdict {
  readonly fire: MonthFire;
  readonly verdict: VerdictKind;
  readonly reason: VerdictReason | "";
  readonly by: string;
  readonly byName: string;
  readonly atMs: number;
}

export interface JudgeHabits {
  /** Share of paged alerts that somebody judges. */
  readonly coverage: number;
  /** Noise is judged this many times as often as the rest. */
  readonly annoyance: number;
  readonly wrong: number;
  readonly conflicting: number;
}

export const HABITS: JudgeHabits = { coverage: 0.3, annoyance: 1.5, wrong: 0.05, conflicting: 0.04 };

/** One verdict, at times two, for some of the alerts that paged somebody first. */
export function judgeAlerts(random: Random, pages: readonly MonthPage[], habits: JudgeHabits): MonthVerdict[] {
  const judged = new Set<MonthFire>();
  return pages.flatMap((page): MonthVerdict[] => {
    const { fire, person } = page;
    if (judged.has(fire)) return [];
    judged.add(fire);
    const annoying = fire.cause.truth !== "actionable";
    if (!random.chance(habits.coverage * (annoying ? habits.annoyance : 1))) return [];
    const atMs = Math.round(Math.max(page.atMs, page.ackedAtMs ?? 0) + random.between(0.1, 30) * HOUR_MS);
    const say = (by: string, byName: string, isWrong: boolean, laterMs: number): MonthVerdict => {
      const verdict = isWrong ? another(random, fire.cause.truth) : fire.cause.truth;
      return { fire, verdict, reason: reasonFor(fire, verdict), by, byName, atMs: atMs + laterMs };
    };
    const first = say(person.handle, person.name, random.chance(habits.wrong), 0);
    if (!random.chance(habits.conflicting)) return [first];
    return [first, say("manager@demo.example", "Max Manager", true, 2 * HOUR_MS)];
  });
}

function another(random: Random, truth: VerdictKind): VerdictKind {
  const others = VERDICTS.filter((verdict) => verdict !== truth);
  return others[random.integer(0, others.length - 1)] ?? "noise";
}

function reasonFor({ cause: { rule } }: MonthFire, verdict: VerdictKind): VerdictReason | "" {
  if (verdict === "actionable") return "";
  if (verdict === "duplicate") return "duplicate";
  if (verdict === "expected") return "known-work";
  if (rule.fault === "blip" || rule.fault === "flap") return "self-heals";
  return rule.fault === "wrong-severity" ? "wrong-hours" : "threshold";
}
