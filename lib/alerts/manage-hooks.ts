/** Hooks over the API: read and changed by who administers, every change on record, secrets shown once. */
import "server-only";
import { randomBytes } from "node:crypto";
import { requireAbility } from "@/lib/access/resolve-access";
import { configuration } from "@/lib/config/load-configuration";
import type {
  AlertHookChange,
  AlertHookList,
  AlertHookRotation,
  AlertHookView,
  IssuedAlertHook,
  NewAlertHook,
} from "@/lib/contract/alert-hook";
import type { StoredHook } from "@/lib/domain/alert-hook";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import type { HookRefusal } from "@/lib/store/alert-hook-repository";
import { store } from "@/lib/store/open-store";
import { viewOfFileHook, viewOfHook } from "./hook-views";

const MAX_HOOKS = 100;
const REFUSED_SHOWN = 50;
const DAY_MS = 24 * 3_600_000;

/** Throws `ProblemError("forbidden")` for roles that do not administer; so do all below. */
export async function listHooks(principal: Principal, now = new Date()): Promise<AlertHookList> {
  await requireAbility(principal, "administer");
  const { alertHooks, deliveries } = await store();
  const [stored, refused, waiting, recent] = await Promise.all([
    alertHooks.list(),
    deliveries.refused(REFUSED_SHOWN),
    deliveries.waiting(),
    deliveries.recent(new Date(now.getTime() - DAY_MS)),
  ]);
  const heard = { recent, refused };
  return {
    hooks: [
      ...configuration().webhooks.map((hook) => viewOfFileHook(hook, heard)),
      ...stored.map((hook) => viewOfHook(hook, !isProvisioned(hook), now, heard)),
    ],
    refused: refused.map(({ source, receivedAt, timesSeen, refusal }) => ({
      ...{ source, at: receivedAt.toISOString(), timesSeen, why: refusal },
    })),
    waiting,
  };
}

/** Throws `ProblemError("conflict")` for a path in use. */
export async function createHook(
  principal: Principal,
  draft: NewAlertHook,
  now = new Date(),
): Promise<IssuedAlertHook> {
  await requireAbility(principal, "administer");
  const { alertHooks } = await store();
  if (isProvisioned(draft)) throw taken("a provisioned hook has this path, and cannot be changed here");
  if ((await alertHooks.list()).length >= MAX_HOOKS) {
    throw new ProblemError("conflict", { detail: `Expected at most ${String(MAX_HOOKS)} hooks.` });
  }
  const { secret = freshSecret(), ...wish } = draft;
  const made = await alertHooks.create({ ...wish, secret }, authorOf(principal), now);
  if (made === "taken") throw taken("a hook of this kind has it");
  await audit(principal, "create", made);
  return { hook: viewOfHook(made, true, now), secret };
}

/** Throws `ProblemError`: `conflict` when somebody changed it since `version`, `not-found` when it is gone. */
export async function changeHook(
  principal: Principal,
  id: string,
  { version, ...wish }: AlertHookChange,
  now = new Date(),
): Promise<AlertHookView> {
  await requireAbility(principal, "administer");
  const changed = accepted(await (await store()).alertHooks.change(id, version, wish, authorOf(principal)));
  await audit(principal, wish.dropOld === true ? "drop-old-secret" : "change", changed);
  return viewOfHook(changed, !isProvisioned(changed), now);
}

/** Throws as `changeHook`. */
export async function rotateHook(
  principal: Principal,
  id: string,
  { version, overlapHours, secret = freshSecret() }: AlertHookRotation,
  now = new Date(),
): Promise<IssuedAlertHook> {
  await requireAbility(principal, "administer");
  const { alertHooks } = await store();
  const oldUntil = new Date(now.getTime() + overlapHours * 3_600_000);
  const rotated = accepted(await alertHooks.rotate(id, version, { secret, oldUntil }, authorOf(principal), now));
  await audit(principal, "rotate", rotated);
  return { hook: viewOfHook(rotated, !isProvisioned(rotated), now), secret };
}

/** Throws as `changeHook`. What was sent to it stays. */
export async function removeHook(principal: Principal, id: string, version: number): Promise<void> {
  await requireAbility(principal, "administer");
  if (!Number.isInteger(version) || version < 1) {
    throw new ProblemError("bad-request", { field: "version", detail: "Expected the version of the hook to remove." });
  }
  await audit(principal, "remove", accepted(await (await store()).alertHooks.remove(id, version)));
}

function freshSecret(): string {
  return randomBytes(32).toString("base64url");
}

function isProvisioned({ kind, name }: Pick<StoredHook, "kind" | "name">): boolean {
  return configuration().webhooks.some((one) => one.kind === kind && one.name === name);
}

function taken(why: string): ProblemError {
  return new ProblemError("conflict", { field: "name", detail: `Expected another name: ${why}.` });
}

function accepted(result: StoredHook | HookRefusal): StoredHook {
  if (typeof result === "object") return result;
  switch (result) {
    case "missing":
      throw new ProblemError("not-found", { detail: "There is no such hook; somebody may have removed it." });
    case "stale":
      throw new ProblemError("conflict", { detail: "Somebody changed this hook since you opened it." });
  }
}

function authorOf({ userId, displayName }: Principal) {
  return { userId, name: displayName };
}

async function audit(
  { userId: actor, role }: Principal,
  verb: "create" | "change" | "drop-old-secret" | "rotate" | "remove",
  { id, kind, name, version, route }: StoredHook,
): Promise<void> {
  const detail = { hookId: id, hook: `${kind}/${name}`, version, route };
  await (await store()).audit.append({ actor, role, action: `alert-hook.${verb}`, detail });
}
