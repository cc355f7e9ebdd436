/** The product's route for webhooks behind a real HTTP server: bodies stream as they come, and break off when they do. */
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { listenLocally } from "@/lib/sources/testing/real-programs";

type Route = (
  request: Request,
  context: { readonly params: Promise<{ kind: string; name: string }> },
) => Promise<Response>;

/** Closed by the caller. */
export async function openHttpDoor(routes: Readonly<Record<string, Route>>): Promise<{ port: number; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    const route = routes[incoming.method ?? ""];
    if (!route) return void outgoing.writeHead(405).end();
    const [kind = "", name = ""] = (incoming.url ?? "").split("/").slice(4);
    void route(asRequest(incoming), { params: Promise.resolve({ kind, name }) }).then(async (response) => {
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    });
  });
  return { port: await listenLocally(server), server };
}

function asRequest(incoming: IncomingMessage): Request {
  const headers = new Headers({ "x-throughline-peer": incoming.socket.remoteAddress ?? "gone" });
  for (const [field, value] of Object.entries(incoming.headers)) headers.set(field, String(value));
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  const init = { method: incoming.method ?? "POST", headers, body, duplex: "half" as const };
  return new Request(`http://receiver${incoming.url ?? ""}`, init);
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Several parts are sent without saying how long they are together. */
  readonly body: string | Buffer | readonly Buffer[];
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** On a connection of its own: a refused body must not spoil the next call. */
export async function sendCall(port: number, path: string, { body, ...sent }: Sent): Promise<Answer> {
  const { asked, answer } = beginCall(port, path, sent);
  if (typeof body === "string" || Buffer.isBuffer(body)) asked.end(body);
  else {
    for (const part of body) asked.write(part);
    asked.end();
  }
  return answer;
}

/** Sends the head; the caller sends what follows, and ends it. */
export function beginCall(port: number, path: string, { method = "POST", headers = {} }: Omit<Sent, "body">) {
  const asked = httpRequest({ host: "127.0.0.1", port, path, method, headers, agent: false });
  const answer = new Promise<Answer>((resolve, reject) => {
    asked.once("response", (response) => {
      const { statusCode = 0 } = response;
      const retryAfter = response.headers["retry-after"];
      text(response).then((said) => resolve({ status: statusCode, retryAfter, text: said }), reject);
    });
    // After an answer it says only that the rest of the body found nobody.
    asked.on("error", reject);
  });
  return { asked, answer };
}

/** Says how long the body will be, and waits for the answer before it sends any of it. */
export async function announceCall(
  port: number,
  path: string,
  headers: Sent["headers"],
  bytes: number,
): Promise<number> {
  const { asked, answer } = beginCall(port, path, { headers: { ...headers, "content-length": String(bytes) } });
  asked.flushHeaders();
  const { status } = await answer;
  asked.destroy();
  return status;
}

/** Announces more than it sends, and hangs up. Resolves when the other side has closed too, with what it said. */
export function sendCutOff(port: number, path: string, headers: Readonly<Record<string, string>>, part: string) {
  return new Promise<string>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    // A reset is an answer too.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
    const lines = Object.entries({ host: "receiver", "content-length": "5000", ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    socket.end(`POST ${path} HTTP/1.1\r\n${head}\r\n${part}`);
  });
}
