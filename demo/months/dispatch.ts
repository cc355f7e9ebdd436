/** Alertmanager's grouping and de-duplication for one group (dispatch.go, dedup_stage.go): when it tells what of whom. */
import type { MonthFire } from "./month-fires";

export const GROUP_WAIT_MS = 30_000;
export const GROUP_INTERVAL_MS = 5 * 60_000;
export const REPEAT_INTERVAL_MS = 4 * 3_600_000;

export const NOTIFICATION_REASONS = [
  "first notification",
  "new alerts added",
  "some alerts resolved",
  "all alerts resolved",
  "repeat interval elapsed",
] as const;
export type NotificationReason = (typeof NOTIFICATION_REASONS)[number];

export interface Notification {
  readonly atMs: number;
  readonly reason: NotificationReason;
  readonly firing: readonly MonthFire[];
  readonly resolved: readonly MonthFire[];
}

/** `fires` of one group by start. Those that `isMuted` at a flush are left out of it: silences and inhibition. */
export function dispatchGroup(
  fires: readonly MonthFire[],
  isMuted: (fire: MonthFire, atMs: number) => boolean,
): Notification[] {
  const notifications: Notification[] = [];
  let told = new Set<MonthFire>();
  let toldAtMs = 0;
  let next = 0;
  let at = 0;
  // Those that may still matter: not over, or over and told of.
  let live: MonthFire[] = [];
  while (next < fires.length || live.length > 0) {
    if (live.length === 0) at = (fires[next]?.startMs ?? 0) + GROUP_WAIT_MS;
    for (let fire = fires[next]; fire !== undefined && fire.startMs <= at; fire = fires[++next]) live.push(fire);
    const firing = live.filter((fire) => fire.endMs > at && !isMuted(fire, at));
    const resolved = live.filter((fire) => fire.endMs <= at && told.has(fire));
    const reason = reasonToTell({ firing, resolved, told, elapsedMs: at - toldAtMs });
    if (reason !== undefined) {
      notifications.push({ atMs: at, reason, firing, resolved });
      told = new Set(firing);
      toldAtMs = at;
    }
    live = live.filter((fire) => fire.endMs > at);
    const changes = [fires[next]?.startMs, toldAtMs + REPEAT_INTERVAL_MS, ...live.map(({ endMs }) => endMs)];
    const soonest = Math.min(...changes.filter((one) => one !== undefined && one > at).map(Number));
    // Ticks at which nothing can have changed are passed over.
    at += Math.max(1, Math.ceil((soonest - at) / GROUP_INTERVAL_MS)) * GROUP_INTERVAL_MS;
  }
  return notifications;
}

interface Flush {
  readonly firing: readonly MonthFire[];
  readonly resolved: readonly MonthFire[];
  readonly told: ReadonlySet<MonthFire>;
  readonly elapsedMs: number;
}

function reasonToTell({ firing, resolved, told, elapsedMs }: Flush): NotificationReason | undefined {
  if (firing.some((fire) => !told.has(fire))) return told.size === 0 ? "first notification" : "new alerts added";
  if (firing.length === 0) return resolved.length > 0 ? "all alerts resolved" : undefined;
  if (resolved.length > 0) return "some alerts resolved";
  return elapsedMs >= REPEAT_INTERVAL_MS ? "repeat interval elapsed" : undefined;
}
