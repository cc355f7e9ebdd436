/** What notifications do to people: who is paged, who acknowledges when, who does not. */
import type { Random } from "../story/random";
import { exponential, logNormal } from "./draw";
import { hourClass } from "./local-time";
import type { Told } from "./month-deliveries";
import type { MonthFire } from "./month-fires";
import type { MonthPerson } from "./people";
import type { MonthShift } from "./rotation";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ESCALATE_MS = 15 * MINUTE_MS;
/** Median minutes to an acknowledgement. */
const ACK_MINUTES = { business: 3, off: 5, sleep: 8 } as const;

export interface MonthPage {
  readonly id: string;
  readonly person: MonthPerson;
  readonly fire: MonthFire;
  readonly atMs: number;
  readonly channel: "push" | "sms" | "call";
  readonly step: 1 | 2;
  readonly reason: "first" | "new" | "repeat" | "escalation";
  readonly delivered: boolean;
  ackedAtMs: number | null;
  readonly resolvedAtMs: number;
  engagedMinutes: number | null;
}

/** Pages by time. `told` must be in order: tiredness is counted from the pages before. */
export function pagePeople(random: Random, told: readonly Told[], shifts: readonly MonthShift[]): MonthPage[] {
  const pages: MonthPage[] = [];
  const byPerson = new Map<string, MonthPage[]>();
  const page = (made: MonthPage): MonthPage => {
    const before = byPerson.get(made.person.handle) ?? [];
    byPerson.set(made.person.handle, [...before, made]);
    pages.push(made);
    return made;
  };
  for (const notification of told) {
    const [fire] = notification.firing;
    const reason = PAGE_REASON[notification.reason];
    if (notification.receiver !== "on-call-page" || fire === undefined || reason === undefined) continue;
    const { team } = fire.cause.rule;
    const resolvedAtMs = Math.max(...notification.firing.map(({ endMs }) => endMs));
    const onCall = (line: 1 | 2, atMs: number) =>
      shifts.find((one) => one.team === team && one.line === line && one.fromMs <= atMs && one.toMs > atMs)?.person;
    const reach = (
      person: MonthPerson,
      atMs: number,
      how: Pick<MonthPage, "step" | "reason" | "channel">,
    ): MonthPage => {
      const id = `page-${String(atMs)}-${String(fire.number)}-${String(how.step)}`;
      const delivered = !random.chance(0.01);
      const made = { id, person, fire, atMs, ...how, delivered, ackedAtMs: null, resolvedAtMs, engagedMinutes: null };
      return page(answered(random, made, byPerson.get(person.handle) ?? []));
    };
    const atMs = Math.round(notification.atMs + random.between(1_000, 6_000));
    const first = onCall(1, atMs);
    if (first === undefined) continue;
    const one = reach(first, atMs, { step: 1, reason, channel: "push" });
    const escalatedMs = atMs + ESCALATE_MS;
    const second = onCall(2, escalatedMs);
    const waits = (one.ackedAtMs ?? Infinity) > escalatedMs && resolvedAtMs > escalatedMs && reason !== "repeat";
    if (waits && second !== undefined) reach(second, escalatedMs, { step: 2, reason: "escalation", channel: "call" });
  }
  pages.sort((a, b) => a.atMs - b.atMs);
  acknowledgeInBulk(random, [...byPerson.values()]);
  return pages;
}

const PAGE_REASON: Partial<Record<Told["reason"], MonthPage["reason"]>> = {
  "first notification": "first",
  "new alerts added": "new",
  "repeat interval elapsed": "repeat",
};

/** Later at night, later after many; noise is often left alone; nobody acknowledges what is over. */
function answered(random: Random, page: MonthPage, before: readonly MonthPage[]): MonthPage {
  const { truth } = page.fire.cause;
  const ignored = random.chance(truth === "actionable" ? 0.08 : page.reason === "repeat" ? 0.6 : 0.32);
  if (!page.delivered || ignored) return page;
  const recent = before.filter(({ atMs }) => atMs > page.atMs - DAY_MS).length;
  const median = ACK_MINUTES[hourClass(page.person.zone || "UTC", page.atMs)] * (1 + Math.min(recent, 10) * 0.08);
  const ackedAtMs = Math.round(page.atMs + Math.max(8_000, logNormal(random, median * MINUTE_MS, 0.8)));
  if (ackedAtMs >= page.resolvedAtMs) return page;
  const engaged = truth === "actionable" ? logNormal(random, 28, 0.7) : 1 + exponential(random, 5);
  return { ...page, ackedAtMs, engagedMinutes: Math.round(Math.min(engaged, 300)) };
}

/** Who has many open pages sweeps them away within seconds. */
function acknowledgeInBulk(random: Random, people: readonly (readonly MonthPage[])[]): void {
  for (const pages of people) {
    for (let index = 0; index + 6 <= pages.length; index++) {
      const heap = pages.slice(index, index + 6);
      const last = heap.at(-1);
      if (last === undefined || last.atMs - (heap[0]?.atMs ?? 0) > 20 * MINUTE_MS) continue;
      const sweptMs = last.atMs + 60_000;
      for (const page of heap) {
        if (!page.delivered || page.resolvedAtMs <= sweptMs || (page.ackedAtMs ?? Infinity) < sweptMs) continue;
        page.ackedAtMs = sweptMs + random.integer(0, 4_000);
      }
      index += 5;
    }
  }
}
