// Runs PGlite in a worker thread behind a Unix socket (started by embedded-postgres.ts). A plain file, because a
// bundled worker would be published under /_next/static without a login. In its own thread, because PGlite computes on
// the thread that calls it: one slow GROUP BY would freeze every request.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

const database = await PGlite.create(workerData.folder);
const server = new PGLiteSocketServer({ db: database, path: workerData.socketPath, maxConnections: 20 });
await server.start();
parentPort.postMessage("ready");

parentPort.once("message", async () => {
  await server.stop();
  await database.close();
  parentPort.postMessage("closed");
});
