/** Just enough Loki and Tempo on loopback, each answer held back by a known delay. */
import { createServer, type Server } from "node:http";

export interface DelayedSource {
  readonly url: string;
  close(): Promise<void>;
}

/** `answer` gets the decoded path with query or form; the body is sent `delayMs` after the request arrived. */
export function startDelayedSource(delayMs: number, answer: (asked: string) => object): Promise<DelayedSource> {
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      setTimeout(() => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(answer(decodeURIComponent(`${request.url ?? ""} ${body}`))));
      }, delayMs);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${String(port)}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
