/**
 * The embedded database: PGlite in a worker thread, spoken to by the same `pg` driver as a real server.
 *
 * DATA_DIR/postgres holds the data, DATA_DIR/postgres-socket.json says where the running process listens, so that
 * commands go through it instead of opening the folder a second time. PGlite does not fsync: a power cut can lose or
 * tear data, which is why production sets DATABASE_URL.
 */
import "server-only";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { OperatorError } from "@/lib/platform/operator-error";
import { lockFolder, type FolderLock } from "./lock-folder";

const SOCKET_FOLDER_PREFIX = "throughline-pg-";
const SocketNote = z.object({ host: z.string() });

/** How to reach the embedded database, in the words of the `pg` driver. */
export interface EmbeddedAddress {
  /** Folder of the Unix socket. */
  readonly host: string;
}

export interface EmbeddedPostgres extends EmbeddedAddress {
  /** Ends the database process cleanly and frees the folder. */
  stop(): Promise<void>;
}

/** Starts the database in `dataDir`. Throws `OperatorError` when a process has it open. */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const folder = path.join(dataDir, "postgres");
  makePrivateFolder(dataDir);
  makePrivateFolder(folder);
  const lock = await lockFolder(folder);
  if (!lock) {
    throw new OperatorError(
      `DATA_DIR ${dataDir} is in use by another Throughline process. Stop that process, or set another DATA_DIR or a DATABASE_URL.`,
    );
  }
  try {
    removeStaleSocket(dataDir);
    return await launch(dataDir, folder, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Where a running process serves the database of `dataDir`; null when none does. */
export async function findRunningEmbeddedPostgres(dataDir: string): Promise<EmbeddedAddress | null> {
  const folder = path.join(dataDir, "postgres");
  makePrivateFolder(dataDir);
  makePrivateFolder(folder);
  const lock = await lockFolder(folder);
  if (lock) {
    await lock.release();
    return null;
  }
  return readSocketNote(dataDir);
}

async function launch(dataDir: string, folder: string, lock: FolderLock): Promise<EmbeddedPostgres> {
  const host = mkdtempSync(path.join(os.tmpdir(), SOCKET_FOLDER_PREFIX));
  const worker = new Worker(
    /*turbopackIgnore: true*/ path.join(process.cwd(), "lib/store/embedded-postgres-worker.mjs"),
    { workerData: { folder, socketPath: path.join(host, ".s.PGSQL.5432") } },
  );
  const removeTraces = async () => {
    rmSync(socketNotePath(dataDir), { force: true });
    rmSync(host, { recursive: true, force: true });
    await lock.release();
  };
  try {
    await nextMessage(worker);
  } catch (error) {
    rmSync(host, { recursive: true, force: true });
    throw new Error(`the embedded database in ${folder} could not be opened`, { cause: error });
  }
  writeFileSync(socketNotePath(dataDir), JSON.stringify({ host }), { mode: 0o600 });
  return {
    host,
    async stop() {
      const closed = nextMessage(worker);
      worker.postMessage("stop");
      // A worker that has died already holds nothing that could be closed.
      await closed.catch(() => undefined);
      await worker.terminate();
      await removeTraces();
    },
  };
}

/** Resolves at the worker's next message; rejects when it fails or ends instead. */
function nextMessage(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("the database thread ended"));
    worker.once("message", () => {
      worker.off("exit", onExit);
      resolve();
    });
    worker.once("error", reject);
    worker.once("exit", onExit);
  });
}

/** PGlite writes its files readable for all, so the folder itself keeps others out. */
function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

function socketNotePath(dataDir: string): string {
  return path.join(dataDir, "postgres-socket.json");
}

function readSocketNote(dataDir: string): EmbeddedAddress | null {
  try {
    return SocketNote.parse(JSON.parse(readFileSync(socketNotePath(dataDir), "utf8")));
  } catch {
    return null;
  }
}

/** After kill -9 the socket's folder is left behind; only one that we named ourselves is removed. */
function removeStaleSocket(dataDir: string): void {
  const note = readSocketNote(dataDir);
  if (note && path.basename(note.host).startsWith(SOCKET_FOLDER_PREFIX)) {
    rmSync(note.host, { recursive: true, force: true });
  }
}
