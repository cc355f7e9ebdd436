/** Tells the product three months of alerts as their senders would have: notifications, pages, what people said of them. */
import type { MonthsUntil } from "../months/months-until";
import { PEOPLE } from "../months/people";
import { hookOf, type DemoHooks } from "./demo-hooks";
import type { ProductDoor } from "./product-door";

/** Enough to keep the server busy and its answers short. */
const AT_ONCE = 8;
const PAGES_A_CALL = 400;

export interface TellMonths {
  readonly door: ProductDoor;
  readonly hooks: DemoHooks;
  /** Told at an earlier start with the same data: what is older is not told again. */
  readonly sinceMs: number;
}

/** Resolves when all of it was taken; the product works through it afterwards. */
export async function tellMonths({ door, hooks, sinceMs }: TellMonths, all: MonthsUntil): Promise<void> {
  const fresh = <T extends { readonly atMs: number }>(list: readonly T[]) => list.filter(({ atMs }) => atMs > sinceMs);
  await atOnce(fresh(all.deliveries), ({ receiver, body }) => door.post(hookOf(hooks, receiver), body));
  for (const body of feed(all, fresh(all.pages), sinceMs === 0)) await door.post(hooks.onCall, JSON.stringify(body));
}

async function atOnce<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = list.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      // One iterator for all workers: each takes the next.
      for (const one of queue) await work(one);
    }),
  );
}

/** The on-call feed's bodies: people and shifts first, so that no page is of somebody unknown. */
function feed(all: MonthsUntil, pages: MonthsUntil["pages"], withPeople: boolean): unknown[] {
  const at = (ms: number | null) => (ms === null ? {} : { value: new Date(ms).toISOString() });
  const from = new Date(Date.parse(`${all.months[0] ?? ""}-01T00:00:00Z`) - 31 * 86_400_000).toISOString();
  const moved = `${all.months[1] ?? ""}-15T00:00:00.000Z`;
  const people = PEOPLE.filter(({ zone }) => zone !== "").flatMap(({ handle, name, team, zone, movesTo }) => [
    { person: handle, name, team, zone, from },
    ...(movesTo === null ? [] : [{ person: handle, name, team, zone: movesTo, from: moved }]),
  ]);
  const shifts = all.shifts.map((shift) => ({
    id: shift.id,
    person: shift.person.handle,
    schedule: shift.schedule,
    from: new Date(shift.fromMs).toISOString(),
    to: new Date(shift.toMs).toISOString(),
  }));
  const told = pages.map((page) => {
    const { cause, fingerprint } = page.fire;
    const [acked, resolved] = [at(page.ackedAtMs).value, at(page.resolvedAtMs).value];
    return {
      id: page.id,
      person: page.person.handle,
      at: new Date(page.atMs).toISOString(),
      alert: cause.rule.name,
      fingerprint,
      service: cause.rule.service,
      channel: page.channel,
      step: page.step,
      reason: page.reason,
      delivered: page.delivered,
      ...(acked === undefined ? {} : { ackedAt: acked, ackedBy: page.person.handle }),
      ...(resolved === undefined ? {} : { resolvedAt: resolved, resolvedBy: "source" }),
      ...(page.engagedMinutes === null ? {} : { engagedMinutes: page.engagedMinutes }),
    };
  });
  const bodies: unknown[] = withPeople ? [{ pages: [], shifts, people }] : [];
  for (let start = 0; start < told.length; start += PAGES_A_CALL)
    bodies.push({ pages: told.slice(start, start + PAGES_A_CALL), shifts: [], people: [] });
  return bodies;
}
