/** Sources connected on the admin page. Secrets lie apart from the settings, sealed for their row. */
import "server-only";
import { randomUUID } from "node:crypto";
import { SourceKind } from "@/lib/domain/source-id";
import { SourceSettings } from "@/lib/domain/source-settings";
import { SourceSecrets, type StoredSource } from "@/lib/domain/stored-source";
import type { InstallationKeys } from "@/lib/platform/installation-key";
import { createSealer, SealBrokenError, type Sealer } from "@/lib/platform/seal";
import { Prisma, type StoredSource as SourceRow, type PrismaClient } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export interface SourceAuthor {
  readonly userId: string;
  readonly name: string;
}

/** `missing`: no such source. `stale`: it was changed since that version. `taken`: another source has the name. */
export type SourceRefusal = "missing" | "stale" | "taken";

export interface SourceRepository {
  /** Changes whenever any source does, and costs one small read. Equal marks mean equal sources. */
  mark(): Promise<string>;
  /** By kind and name, with the mark of exactly these sources. */
  list(): Promise<{ readonly mark: string; readonly sources: readonly StoredSource[] }>;
  find(id: string): Promise<StoredSource | undefined>;
  create(settings: SourceSettings, secrets: SourceSecrets, author: SourceAuthor): Promise<StoredSource | "taken">;
  update(
    id: string,
    version: number,
    wish: { readonly settings: SourceSettings; readonly secrets: SourceSecrets },
    author: SourceAuthor,
  ): Promise<StoredSource | SourceRefusal>;
  remove(id: string, version: number): Promise<StoredSource | "missing" | "stale">;
}

export function createSourceRepository(prisma: PrismaClient, keys: () => InstallationKeys): SourceRepository {
  const sealer = () => createSealer(keys(), "sources.secrets");
  const stored = (row: SourceRow) => toStored(row, sealer()) ?? [];
  const findRow = async (id: string) => (isUuid(id) ? prisma.storedSource.findUnique({ where: { id } }) : null);
  return {
    async mark() {
      return markOf(await prisma.storedSource.findMany({ select: { id: true, version: true } }));
    },
    async list() {
      const rows = await prisma.storedSource.findMany({ orderBy: [{ kind: "asc" }, { name: "asc" }] });
      return { mark: markOf(rows), sources: rows.flatMap(stored) };
    },
    async find(id) {
      const row = await findRow(id);
      return row ? toStored(row, sealer()) : undefined;
    },
    async create(settings, secrets, { userId, name }) {
      const id = randomUUID();
      const data = { id, ...dataOf(id, settings, secrets, sealer()), updatedBy: userId, updatedByName: name };
      return refusingTakenNames(async () => readable(await prisma.storedSource.create({ data }), sealer()));
    },
    async update(id, version, { settings, secrets }, { userId, name }) {
      if (!(await findRow(id))) return "missing";
      const data = { ...dataOf(id, settings, secrets, sealer()), updatedBy: userId, updatedByName: name };
      return refusingTakenNames(async () => {
        // The version is part of the condition: of two savers at once exactly one meets it.
        const changed = await prisma.storedSource.updateManyAndReturn({
          where: { id, version },
          data: { ...data, version: version + 1, updatedAt: new Date() },
        });
        return changed[0] ? readable(changed[0], sealer()) : "stale";
      });
    },
    async remove(id, version) {
      const before = await findRow(id);
      if (!before) return "missing";
      const { count } = await prisma.storedSource.deleteMany({ where: { id, version } });
      return count === 1 ? readable(before, sealer()) : "stale";
    },
  };
}

function dataOf(id: string, settings: SourceSettings, secrets: SourceSecrets, sealer: Sealer) {
  // Whatever was passed in, the settings column never holds a secret.
  const { token: _token, password: _password, ...open } = settings;
  const none = Object.keys(secrets).length === 0;
  return {
    kind: open.kind,
    name: open.name,
    settings: open,
    secrets: none ? null : sealer.seal(JSON.stringify(secrets), placeOf(id)),
  };
}

function placeOf(id: string) {
  return { table: "sources", id, column: "secrets" };
}

/** Ids are never used again and versions only rise, so the set of both names one state of the table. */
function markOf(rows: readonly Pick<SourceRow, "id" | "version">[]): string {
  return rows
    .map(({ id, version }) => `${id}:${String(version)}`)
    .sort()
    .join(" ");
}

async function refusingTakenNames<T>(write: () => Promise<T>): Promise<T | "taken"> {
  try {
    return await write();
  } catch (error) {
    // P2002: a unique constraint, and kind with name is the only one a writer can hit.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return "taken";
    throw error;
  }
}

/** Of a row that this version wrote or accepted. */
function readable(row: SourceRow, sealer: Sealer): StoredSource {
  const source = toStored(row, sealer);
  if (source === undefined) throw new Error("a stored source has a kind that this version does not know");
  return source;
}

/** Undefined for a kind that only another version of the program knows. */
function toStored(row: SourceRow, sealer: Sealer): StoredSource | undefined {
  const kind = SourceKind.safeParse(row.kind);
  if (!kind.success) return undefined;
  const { id, name, version, updatedAt, updatedByName } = row;
  const parsed = SourceSettings.safeParse(row.settings);
  const settings = parsed.success ? parsed.data : undefined;
  return {
    id,
    kind: kind.data,
    name,
    settings,
    secrets: openSecrets(row, sealer),
    version,
    updatedAt,
    by: updatedByName,
  };
}

function openSecrets({ id, secrets }: SourceRow, sealer: Sealer): SourceSecrets | "locked" {
  if (secrets === null) return {};
  try {
    return SourceSecrets.parse(JSON.parse(sealer.unseal(secrets, placeOf(id))));
  } catch (error) {
    if (error instanceof SealBrokenError) return "locked";
    throw error;
  }
}
