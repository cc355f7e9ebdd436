/**
 * Who is at the other end of the connection. Next's handlers see a `Request` without its socket, and any header in it may be
 * forged; so each request gets the socket's address as a private header before Next reads it, over whatever the client
 * sent under that name (https://nodejs.org/api/diagnostics_channel.html#http).
 */
import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

export const PEER_HEADER = "x-throughline-peer";

/** Call once, at start, before the first request. */
export function markPeers(): void {
  subscribe("http.server.request.start", (message) => {
    const request = requestOf(message);
    if (request) request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "gone";
  });
}

function requestOf(message: unknown): IncomingMessage | null {
  const request = typeof message === "object" && message !== null && "request" in message ? message.request : null;
  return request instanceof IncomingMessage ? request : null;
}
