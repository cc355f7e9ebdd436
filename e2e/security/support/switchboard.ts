/** One address in front of several backends: the app keeps asking there, and a test decides who answers. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Switchboard {
  readonly url: string;
  turnTo(target: string): void;
  close(): Promise<void>;
}

/** `change`: what becomes of each JSON body on its way. */
export async function openSwitchboard(
  first: string,
  change: (body: string, path: string) => string = (body) => body,
): Promise<Switchboard> {
  let target = first;
  const server = createServer((request, response) => {
    void forward(request, target)
      .then(async (answer) => {
        const text = change(await answer.text(), request.url ?? "");
        const headers = Object.fromEntries(
          [...answer.headers].filter(
            ([name]) => !/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name),
          ),
        );
        response.writeHead(answer.status, headers).end(text);
      })
      .catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    turnTo: (next) => (target = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forward(request: IncomingMessage, target: string): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === "string" && !/^(host|connection|content-length|accept-encoding)$/.test(name)
      ? [[name, value]]
      : [],
  );
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks).toString("utf8") } : {};
  return fetch(`${target}${request.url ?? ""}`, {
    method: request.method ?? "GET",
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...body,
  });
}
