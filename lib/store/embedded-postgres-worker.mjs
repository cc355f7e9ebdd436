// Runs PGlite in a worker thread behind a Unix socket (started by embedded-postgres.ts). A plain file, because a
// bundled worker would be published under /_next/static without a login. In its own thread, because PGlite computes on
// the thread that calls it: one slow GROUP BY would freeze every request.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

const database = await PGlite.create(workerData.folder);
const server = new PGLiteSocketServer({
  db: oneStatementAtATime(database),
  path: workerData.socketPath,
  maxConnections: 20,
});
await server.start();
parentPort.postMessage("ready");

parentPort.once("message", async () => {
  await server.stop();
  await database.close();
  parentPort.postMessage("closed");
});

/**
 * One statement of the extended protocol is several messages, from Parse to Sync. The socket server takes turns between
 * connections after every message, but the one session behind it has one unnamed statement: without this a connection
 * would bind its parameters to the statement of another, and get the other's answer. The server lets a connection go on
 * while the database says that it is in a transaction; so this says so until the Sync.
 */
function oneStatementAtATime(database) {
  const [QUERY, SYNC, TERMINATE] = ["Q", "S", "X"].map((letter) => letter.charCodeAt(0));
  let isUnfinished = false;
  const changed = {
    isInTransaction: () => isUnfinished || database.isInTransaction(),
    async execProtocolRawStream(message, options) {
      // A start-up message has no letter: its first byte is that of a length.
      isUnfinished = ![QUERY, SYNC, TERMINATE, 0].includes(message[0]);
      return database.execProtocolRawStream(message, options);
    },
    // How the server cleans up after a connection that broke off.
    exec(sql, options) {
      isUnfinished = false;
      return database.exec(sql, options);
    },
  };
  return new Proxy(database, {
    get(target, name) {
      if (Object.hasOwn(changed, name)) return changed[name];
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
