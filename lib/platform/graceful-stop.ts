/**
 * What happens between SIGTERM and the end: not ready, streams closed, no new connections, running requests finished,
 * resources closed, exit. Next's own handler waits for open streams without limit and exits before a database could be
 * closed, so it is replaced.
 *
 * Next does not hand out its HTTP server; Node's diagnostics channel does, with every request
 * (https://nodejs.org/api/diagnostics_channel.html#http).
 */
import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { Server } from "node:http";
import { markStopping } from "./readiness";

/** Where stream handlers keep the controller of each open stream: a `Set<AbortController>` under this symbol. */
const STREAMS = Symbol.for("throughline.streams");
const holder: typeof globalThis & { [STREAMS]?: Set<AbortController> } = globalThis;

const DRAIN_MS = 8_000;
const CLOSE_MS = 1_500;
const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** The controllers of all open streams; add on open, delete on end. All are aborted when the process stops. */
export function openStreamControllers(): Set<AbortController> {
  holder[STREAMS] ??= new Set();
  return holder[STREAMS];
}

/** Call once, at start. `closeResources` runs after the last request; a second signal ends the process at once. */
export function stopGracefully(closeResources: () => Promise<void>): void {
  const servers = new Set<Server>();
  subscribe("http.server.request.start", (message) => {
    const server = serverOf(message);
    if (server) servers.add(server);
  });
  let stopping = false;
  for (const signal of SIGNALS) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void stop(servers, closeResources).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

async function stop(servers: ReadonlySet<Server>, closeResources: () => Promise<void>): Promise<void> {
  markStopping();
  for (const controller of openStreamControllers()) controller.abort();
  await within(DRAIN_MS, Promise.all([...servers].map(close)));
  for (const server of servers) server.closeAllConnections();
  await within(CLOSE_MS, closeResources());
}

/** Resolves when the last request is answered; idle keep-alive connections do not count. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function within(limitMs: number, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, limitMs).unref())]);
}

function serverOf(message: unknown): Server | null {
  const server = typeof message === "object" && message !== null && "server" in message ? message.server : null;
  return server instanceof Server ? server : null;
}
