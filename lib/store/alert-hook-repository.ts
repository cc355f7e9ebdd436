/** Hooks made on the page. Secrets are sealed for their row; nobody reads them back but the check of a call. */
import "server-only";
import { randomUUID } from "node:crypto";
import { AlertRoute } from "@/lib/domain/alert-history";
import { type AlertHook, HookAuth, HookKind, type StoredHook } from "@/lib/domain/alert-hook";
import type { InstallationKeys } from "@/lib/platform/installation-key";
import { createSealer, SealBrokenError, type Sealer } from "@/lib/platform/seal";
import { Prisma, type AlertHook as HookRow, type PrismaClient } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export interface HookAuthor {
  readonly userId: string;
  readonly name: string;
}

export type NewHook = Pick<StoredHook, "kind" | "name" | "auth" | "username" | "route"> & { readonly secret: string };
export interface HookWish {
  readonly route?: AlertRoute | undefined;
  /** The secret before is refused from now on. */
  readonly dropOld?: boolean | undefined;
}
export type HookRefusal = "missing" | "stale";

export interface AlertHookRepository {
  /** By kind and name. */
  list(): Promise<readonly StoredHook[]>;
  /** With the secrets that are accepted at `now`; undefined when there is none, or no known key opens it. */
  find(kind: HookKind, name: string, now: Date): Promise<AlertHook | undefined>;
  create(hook: NewHook, author: HookAuthor, now: Date): Promise<StoredHook | "taken">;
  change(id: string, version: number, wish: HookWish, author: HookAuthor): Promise<StoredHook | HookRefusal>;
  /** The secret before is accepted until `oldUntil`. */
  rotate(
    id: string,
    version: number,
    wish: { readonly secret: string; readonly oldUntil: Date },
    author: HookAuthor,
    now: Date,
  ): Promise<StoredHook | HookRefusal>;
  remove(id: string, version: number): Promise<StoredHook | "missing" | "stale">;
  /** Nothing to write for a hook of the file, nor within a minute of the last time. */
  used(hook: Pick<AlertHook, "id" | "lastUsedAt">, now: Date): Promise<void>;
}

/** `last_used_at` is for people: a write per minute tells them enough. */
const USED_EVERY_MS = 60_000;

export function createAlertHookRepository(prisma: PrismaClient, keys: () => InstallationKeys): AlertHookRepository {
  const sealerOf = (column: "secret" | "old_secret") => createSealer(keys(), `alert_hooks.${column}`);
  const findRow = async (id: string) => (isUuid(id) ? prisma.alertHook.findUnique({ where: { id } }) : null);
  const sealed = (id: string, secret: string, column: "secret" | "old_secret") =>
    sealerOf(column).seal(secret, placeOf(id, column));

  async function write(
    id: string,
    version: number,
    data: Prisma.AlertHookUpdateManyMutationInput,
    { userId, name }: HookAuthor,
  ): Promise<StoredHook | HookRefusal> {
    // The version is part of the condition: of two savers at once exactly one meets it.
    const changed = await prisma.alertHook.updateManyAndReturn({
      where: { id, version },
      data: { ...data, version: version + 1, updatedBy: userId, updatedByName: name },
    });
    return changed[0] ? toStored(changed[0]) : "stale";
  }

  return {
    async list() {
      const rows = await prisma.alertHook.findMany({ orderBy: [{ kind: "asc" }, { name: "asc" }] });
      return rows.map(toStored);
    },
    async find(kind, name, now) {
      const row = await prisma.alertHook.findUnique({ where: { kind_name: { kind, name } } });
      if (!row) return undefined;
      const current = unsealed(row, "secret", sealerOf("secret"));
      if (current === undefined) return undefined;
      const old = row.oldUntil && row.oldUntil > now ? unsealed(row, "old_secret", sealerOf("old_secret")) : undefined;
      const { id, auth, username, route, lastUsedAt } = toStored(row);
      return {
        ...{ id, kind, name, auth, username, route, lastUsedAt, timestampHeader: undefined },
        secrets: old === undefined ? [current] : [current, old],
      };
    },
    async create({ secret, ...hook }, { userId, name }, now) {
      const id = randomUUID();
      const own = { id, secret: sealed(id, secret, "secret"), createdAt: now, updatedBy: userId, updatedByName: name };
      try {
        return toStored(await prisma.alertHook.create({ data: { ...hook, ...own } }));
      } catch (error) {
        // P2002: a unique constraint, and kind with name is the only one a writer can hit.
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return "taken";
        throw error;
      }
    },
    async change(id, version, { route, dropOld = false }, author) {
      const data = { ...(route !== undefined && { route }), ...(dropOld && { oldSecret: null, oldUntil: null }) };
      return (await findRow(id)) ? write(id, version, data, author) : "missing";
    },
    async rotate(id, version, { secret, oldUntil }, author, now) {
      const row = await findRow(id);
      if (!row) return "missing";
      const before = unsealed(row, "secret", sealerOf("secret"));
      const old = before === undefined ? null : sealed(id, before, "old_secret");
      const data = { secret: sealed(id, secret, "secret"), oldSecret: old, oldUntil, rotatedAt: now };
      return write(id, version, data, author);
    },
    async remove(id, version) {
      const before = await findRow(id);
      if (!before) return "missing";
      const { count } = await prisma.alertHook.deleteMany({ where: { id, version } });
      return count === 1 ? toStored(before) : "stale";
    },
    async used({ id, lastUsedAt }, now) {
      if (id === null || (lastUsedAt && now.getTime() - lastUsedAt.getTime() < USED_EVERY_MS)) return;
      await prisma.alertHook.updateMany({ where: { id }, data: { lastUsedAt: now } });
    },
  };
}

function placeOf(id: string, column: "secret" | "old_secret") {
  return { table: "alert_hooks", id, column };
}

function unsealed(row: HookRow, column: "secret" | "old_secret", sealer: Sealer): string | undefined {
  const value = column === "secret" ? row.secret : row.oldSecret;
  if (value === null) return undefined;
  try {
    return sealer.unseal(value, placeOf(row.id, column));
  } catch (error) {
    if (error instanceof SealBrokenError) return undefined;
    throw error;
  }
}

function toStored(row: HookRow): StoredHook {
  const { id, name, username, oldUntil, createdAt, rotatedAt, lastUsedAt, version, updatedByName } = row;
  return {
    ...{ id, name, username, oldUntil, createdAt, rotatedAt, lastUsedAt, version, by: updatedByName },
    kind: HookKind.parse(row.kind),
    auth: HookAuth.parse(row.auth),
    route: AlertRoute.parse(row.route),
  };
}
