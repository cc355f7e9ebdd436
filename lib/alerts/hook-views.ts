/** Hooks as admins see them: never a secret. Pure. */
import type { AlertHookView } from "@/lib/contract/alert-hook";
import type { StoredHook, WebhookSettings } from "@/lib/domain/alert-hook";

export function viewOfFileHook({ kind, name, auth, username, route }: WebhookSettings): AlertHookView {
  return {
    ...{ id: null, kind, name, path: pathOf(kind, name), auth, username, route, inForce: true },
    ...{ oldUntil: null, rotatedAt: null, lastUsedAt: null, version: null, updatedBy: null },
  };
}

export function viewOfHook(hook: StoredHook, inForce: boolean, now: Date): AlertHookView {
  const { id, kind, name, auth, username, route, oldUntil, rotatedAt, lastUsedAt, version, by } = hook;
  return {
    ...{ id, kind, name, path: pathOf(kind, name), auth, username, route, inForce },
    oldUntil: oldUntil && oldUntil > now ? oldUntil.toISOString() : null,
    rotatedAt: rotatedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    ...{ version, updatedBy: by },
  };
}

function pathOf(kind: string, name: string): string {
  return `/api/v1/webhooks/${kind}/${name}`;
}
