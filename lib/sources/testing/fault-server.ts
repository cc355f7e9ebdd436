/**
 * A backend that misbehaves in one named way, for the tests of adapters and of the HTTP client. Real sockets on loopback:
 * what a mock would have to guess (resets, half bodies, broken gzip) happens here as it does in production.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { FAULTS, type Fault } from "./faults";

export interface FaultRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of an `application/x-www-form-urlencoded` body. */
  readonly form: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface FaultAnswer {
  readonly status?: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The good answer: one JSON text for everything, or a function of the request. */
export type OkBody = string | ((request: FaultRequest) => string | FaultAnswer);

export interface FaultServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Requests seen so far, in order. */
  readonly requests: readonly FaultRequest[];
  /** Resolves when the first request has arrived. */
  readonly firstRequest: Promise<void>;
  close(): Promise<void>;
}

/** `"ok"` answers well; any other name answers every request with that fault. */
export async function startFaultServer(fault: Fault | "ok", okBody: OkBody = "{}"): Promise<FaultServer> {
  const requests: FaultRequest[] = [];
  let arrived: () => void = () => undefined;
  const firstRequest = new Promise<void>((resolve) => (arrived = resolve));
  const server = createServer((message, response) => {
    // Faults end sockets under the server's feet; those errors are the point of the exercise.
    response.on("error", () => undefined);
    void readRequest(message).then((request) => {
      const earlier = requests.push(request) - 1;
      arrived();
      const answer = normalized(typeof okBody === "string" ? okBody : okBody(request));
      if (fault === "ok") answerWell(message, response, answer);
      else FAULTS[fault].answer({ response, answer, earlier, answerWell: () => answerWell(message, response, answer) });
    });
  });
  const url = await listen(server);
  if (fault === "refuse") await stop(server);
  return { url, requests, firstRequest, close: () => stop(server) };
}

function normalized(answer: string | FaultAnswer): FaultAnswer {
  return typeof answer === "string" ? { body: answer } : answer;
}

function answerWell(message: IncomingMessage, response: ServerResponse, answer: FaultAnswer): void {
  const zip = /\bgzip\b/.test(String(message.headers["accept-encoding"] ?? ""));
  response.writeHead(answer.status ?? 200, {
    "content-type": answer.contentType ?? "application/json",
    ...answer.headers,
    ...(zip && { "content-encoding": "gzip" }),
  });
  response.end(zip ? gzipSync(answer.body) : answer.body);
}

async function readRequest(message: IncomingMessage): Promise<FaultRequest> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(Buffer.from(part));
  const url = new URL(message.url ?? "/", "http://fault.invalid");
  return {
    method: message.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(Buffer.concat(parts).toString("utf8")),
    headers: message.headers,
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      // A TCP server that is listening always has an AddressInfo.
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
