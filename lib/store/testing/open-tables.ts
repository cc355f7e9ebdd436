/** The tables of a test's open database, for what no repository should offer. */
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";
import { findRunningEmbeddedPostgres } from "../embedded-postgres";
import type { StoreSettings } from "../open-store";

/** Call when the store is open; disconnect before it is closed. */
export async function openTables({ databaseUrl, dataDir }: StoreSettings): Promise<PrismaClient> {
  if (databaseUrl !== undefined) {
    return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 2 }) });
  }
  const running = await findRunningEmbeddedPostgres(path.resolve(dataDir));
  if (!running) throw new Error("the embedded database is not running");
  const login = { user: "postgres", database: "postgres", host: running.host, max: 2 };
  return new PrismaClient({ adapter: new PrismaPg(login) });
}
