/**
 * Rows of one table in one statement, however many: they travel as one JSON text. Keys of a row are the fields of the schema;
 * every field that the table knows must be there, and only those are written, so that a later column gets its default.
 */
import "server-only";
import { Prisma } from "@/prisma/generated/client";

type Client = Prisma.TransactionClient;

export interface Table<Field extends string> {
  readonly name: string;
  /** Its `…ScalarFieldEnum`. */
  readonly fields: Readonly<Record<string, Field>>;
  /** The primary key. */
  readonly key: readonly Field[];
}

type Row<Field extends string> = Readonly<Record<Field, unknown>>;

/** Rows whose key stands there already change nothing. */
export async function addRows<Field extends string>(
  client: Client,
  table: Table<Field>,
  rows: readonly Row<Field>[],
): Promise<void> {
  if (rows.length > 0) await client.$executeRaw`${inserted(table, rows)} DO NOTHING`;
}

/** In place of what stands there with the same key. What already is as told is not written again. */
export async function putRows<Field extends string>(
  client: Client,
  table: Table<Field>,
  rows: readonly Row<Field>[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.values<Field>(table.fields).map(columnOf);
  const told = columns.map((column) => `excluded.${column}`);
  await client.$executeRaw`${inserted(table, rows)}
    DO UPDATE SET (${list(columns)}) = ROW(${list(told)}) WHERE known.* IS DISTINCT FROM excluded.*`;
}

/** For a `SELECT` whose rows have the fields of the schema. */
export function selectedFields(fields: readonly string[], alias: string): Prisma.Sql {
  return list(fields.map((field) => `${alias}.${columnOf(field)} AS "${field}"`));
}

function inserted<Field extends string>({ name, fields, key }: Table<Field>, rows: readonly Row<Field>[]): Prisma.Sql {
  const known = Object.values<Field>(fields);
  const columns = list(known.map(columnOf));
  const told = rows.map((row) => Object.fromEntries(known.map((field) => [columnOf(field), row[field]])));
  const text = JSON.stringify(told, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  return Prisma.sql`
    INSERT INTO ${Prisma.raw(name)} AS known (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${Prisma.raw(name)}, ${text}::jsonb)
    ON CONFLICT (${list(key.map(columnOf))})`;
}

function list(names: readonly string[]): Prisma.Sql {
  return Prisma.raw(names.join(", "));
}

/** As the schema maps them. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
