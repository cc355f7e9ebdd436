/** Hooks as admins see them: never a secret. Pure. */
import type { AlertHookView } from "@/lib/contract/alert-hook";
import type { StoredHook, WebhookSettings } from "@/lib/domain/alert-hook";
import type { RecentCalls, RefusedDelivery } from "@/lib/store/delivery-repository";

/** What hooks were told lately. */
export interface Heard {
  readonly recent: readonly RecentCalls[];
  /** Newest first. */
  readonly refused: readonly RefusedDelivery[];
}

const NOTHING: Heard = { recent: [], refused: [] };

export function viewOfFileHook({ kind, name, auth, username, route }: WebhookSettings, heard: Heard): AlertHookView {
  return {
    ...{ id: null, kind, name, path: pathOf(kind, name), auth, username, route, inForce: true },
    ...{ oldUntil: null, rotatedAt: null, version: null, updatedBy: null },
    ...callsOf(kind, name, heard, null),
  };
}

export function viewOfHook(hook: StoredHook, inForce: boolean, now: Date, heard = NOTHING): AlertHookView {
  const { id, kind, name, auth, username, route, oldUntil, rotatedAt, lastUsedAt, version, by } = hook;
  return {
    ...{ id, kind, name, path: pathOf(kind, name), auth, username, route, inForce },
    oldUntil: oldUntil && oldUntil > now ? oldUntil.toISOString() : null,
    rotatedAt: rotatedAt?.toISOString() ?? null,
    ...{ version, updatedBy: by },
    // What has the path is the hook of the file, and hears what comes to it.
    ...callsOf(kind, name, inForce ? heard : NOTHING, lastUsedAt),
  };
}

function callsOf(kind: string, name: string, { recent, refused }: Heard, used: Date | null) {
  const source = `${kind}/${name}`;
  const calls = recent.find((one) => one.source === source);
  const refusal = refused.find((one) => one.source === source);
  const last = Math.max(calls?.lastAt.getTime() ?? 0, used?.getTime() ?? 0);
  return {
    lastUsedAt: last === 0 ? null : new Date(last).toISOString(),
    callsInDay: { count: calls?.calls ?? 0, atLeast: recent.some(({ atLeast }) => atLeast) },
    lastRefusal: refusal ? { at: refusal.receivedAt.toISOString(), why: refusal.refusal } : null,
  };
}

function pathOf(kind: string, name: string): string {
  return `/api/v1/webhooks/${kind}/${name}`;
}
