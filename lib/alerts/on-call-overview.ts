/** Everything that was told of who is paged, for the page of admins. */
import "server-only";
import { requireAbility } from "@/lib/access/resolve-access";
import { configuration } from "@/lib/config/load-configuration";
import type { OnCallOverview, ResponderView } from "@/lib/contract/on-call-admin";
import type { Responder } from "@/lib/domain/on-call";
import type { Principal } from "@/lib/domain/principal";
import { store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { onCallHooks } from "./import-on-call";
import { shiftCoverage } from "./shift-coverage";

const DAY_MS = 24 * 3_600_000;
const PAST_DAYS = 14;
const AHEAD_DAYS = 14;
const PAGES_DAYS = 30;
const SHIFTS_SHOWN = 200;

/** Throws `ProblemError("forbidden")` for roles that do not administer. */
export async function onCallOverview(principal: Principal, now = new Date()): Promise<OnCallOverview> {
  await requireAbility(principal, "administer");
  const opened = await store();
  const [from, to] = [daysFrom(now, -PAST_DAYS), daysFrom(now, AHEAD_DAYS)];
  const pagesFrom = daysFrom(now, -PAGES_DAYS);
  const [responders, users, shifts, receivers, hooks, pages] = await Promise.all([
    opened.onCall.responders(),
    opened.users.list(),
    opened.onCall.shifts(from, to),
    opened.onCall.receivers(pagesFrom),
    onCallHooks(opened),
    opened.onCall.pages(pagesFrom, daysFrom(now, 1)),
  ]);
  const means = configuration().alerts.receivers;
  const order = new Map(responders.map(({ id }, index) => [id, index]));
  return {
    responders: responders.map((one) => responderView(one, users)),
    shifts: shifts.slice(0, SHIFTS_SHOWN).map(({ responderId, schedule, startsAt, endsAt }) => ({
      ...{ responderId, schedule, from: startsAt.toISOString(), to: endsAt.toISOString() },
    })),
    shiftsCut: shifts.length > SHIFTS_SHOWN,
    coverage: [...shiftCoverage(shifts, from, now)],
    range: { from: from.toISOString(), now: now.toISOString(), to: to.toISOString() },
    receivers: receivers.map(({ receiver, episodes, paged }) => ({
      ...{ receiver, episodes, means: Object.hasOwn(means, receiver) ? (means[receiver] ?? "unknown") : "unknown" },
      paged: paged.filter((id) => order.has(id)).sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
    })),
    hooks: [...hooks],
    pages: {
      lastAt: pages.at(-1)?.pagedAt.toISOString() ?? null,
      count: pages.length,
      unmatched: pages.filter(({ episodeId }) => episodeId === null).length,
    },
  };
}

export function responderView(
  { id, handle, name, team, userId, zones }: Responder,
  users: readonly User[],
): ResponderView {
  const user = users.find((one) => one.id === userId);
  return {
    ...{ id, handle, name, team },
    user: user ? { name: user.name, email: user.email } : null,
    zones: zones.map(({ zone, validFrom }) => ({ zone, from: validFrom.toISOString() })),
  };
}

const daysFrom = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS);
