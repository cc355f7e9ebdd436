/** A demo backend's HTTP side: node:http reduced to "one question in, one answer out", so that each backend is a function. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

export interface HttpQuestion {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of an urlencoded body; empty for any other content type. */
  readonly form: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly origin: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Listens on 127.0.0.1 only; a bug in `answer` becomes a bare 500, never a hanging request. */
export function serveHttp(answer: (question: HttpQuestion) => HttpAnswer): {
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
} {
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        send(request, response, answer(toQuestion(request, body)));
      })
      .catch(() => {
        send(request, response, {
          status: 500,
          headers: { "content-type": "text/plain" },
          body: "demo backend failed\n",
        });
      });
  });
  return {
    listen: (port = 0) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          const address = server.address();
          resolve(`http://127.0.0.1:${String(typeof address === "object" && address ? address.port : port)}`);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > MAX_BODY_BYTES) throw new Error("request body too large for a demo backend");
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toQuestion(request: IncomingMessage, body: string): HttpQuestion {
  const origin = `http://${request.headers.host ?? "127.0.0.1"}`;
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)),
    form: new URLSearchParams(isForm ? body : ""),
    headers,
    body,
    origin,
  };
}

function send(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  const wantsGzip = String(request.headers["accept-encoding"] ?? "").includes("gzip") && answer.body.length > 0;
  const bytes = wantsGzip ? gzipSync(answer.body) : Buffer.from(answer.body, "utf8");
  const encoding = wantsGzip ? { "content-encoding": "gzip" } : {};
  response.writeHead(answer.status, { ...answer.headers, ...encoding, "content-length": bytes.length });
  response.end(bytes);
}
