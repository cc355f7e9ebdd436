/**
 * One process per database folder. PGlite does not refuse a second one: both open, and rows of one of them vanish.
 *
 * The lock is a listening socket whose name is made of the folder's real path: the kernel frees it when the process
 * dies, even by kill -9, so there is no stale lock to remove. On Linux the name is abstract, which is per network
 * namespace: two containers that share a volume do not see each other's lock (docs/operations says so).
 */
import "server-only";
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

export interface FolderLock {
  release(): Promise<void>;
}

/** Takes the lock, or returns null when another process (or this one) holds it. The folder must exist. */
export async function lockFolder(folder: string): Promise<FolderLock | null> {
  const name = lockName(folder);
  const server = net.createServer((socket) => socket.destroy());
  try {
    await listen(server, name);
  } catch (error) {
    if (isAddressInUse(error)) return null;
    throw error;
  }
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function lockName(folder: string): string {
  const digest = createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 32);
  if (process.platform === "linux") return `\0throughline-${digest}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\throughline-${digest}`;
  // Elsewhere a socket file: after kill -9 it must be deleted by hand, which the refusal message allows for.
  return path.join(os.tmpdir(), `throughline-${digest}.lock`);
}

function listen(server: net.Server, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(name, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
