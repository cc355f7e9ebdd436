/** One small HTTP server for all demo backends, so that each backend is only a function from request to answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export interface DemoRequest {
  readonly method: string;
  /** Still percent-encoded: the real routers match before they decode. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface DemoAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
}

export type DemoHandler = (request: DemoRequest) => DemoAnswer | undefined;

/** Thrown anywhere below a handler: the answer the real server gives to a request it refuses. Units: HTTP status. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const TEXT = "text/plain; charset=utf-8";

export function textAnswer(status: number, body: string): DemoAnswer {
  return { status, body, contentType: TEXT };
}

export function notFound(): DemoAnswer {
  return textAnswer(404, "404 page not found\n");
}

/** What the demo does not imitate is said aloud: a made-up answer would be taken for evidence. */
export function notSupported(what: string): Refusal {
  return new Refusal(501, `not supported by the demo backend: ${what}`);
}

/** Runs a handler; refusals become text, an absent answer the router's 404, anything else a 500. */
export function answerRequest(handler: DemoHandler, request: DemoRequest): DemoAnswer {
  try {
    return handler(request) ?? notFound();
  } catch (error) {
    if (error instanceof Refusal) return textAnswer(error.status, error.message);
    return textAnswer(500, error instanceof Error ? error.message : "unknown failure");
  }
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

async function respond(handler: DemoHandler, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = message.url ?? "/";
  const mark = target.indexOf("?");
  const answer = answerRequest(handler, {
    method: message.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)),
    headers: message.headers,
    body: await readBody(message),
  });
  if (answer.contentType !== undefined) response.setHeader("Content-Type", answer.contentType);
  if (answer.contentType === TEXT) response.setHeader("X-Content-Type-Options", "nosniff");
  response.writeHead(answer.status).end(answer.body);
}

/** `listen` and `close` of `DemoBackend` over a handler. */
export function createDemoServer(handler: DemoHandler): {
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
} {
  const server: Server = createServer({ maxHeaderSize: 1 << 20 }, (message, response) => {
    respond(handler, message, response).catch(() => response.destroy());
  });
  return {
    listen: (port = 0) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          const address = server.address();
          if (address === null || typeof address === "string") reject(new Error("no port"));
          else resolve(`http://127.0.0.1:${String(address.port)}`);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        // Clients keep connections alive; without this a test run would wait for their idle timeout.
        server.closeAllConnections();
      }),
  };
}
