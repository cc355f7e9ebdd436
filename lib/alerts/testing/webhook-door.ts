/** The product's route for webhooks behind a real HTTP server, with the troubles that a receiver can have. */
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenLocally } from "@/lib/sources/testing/real-programs";

type Route = (
  request: Request,
  context: { readonly params: Promise<{ kind: string; name: string }> },
) => Promise<Response>;

export interface Call {
  readonly body: string;
  readonly status: number;
  /** Null: the sender never heard the answer. */
  readonly heard: boolean;
}

export interface WebhookDoor {
  readonly origin: string;
  /** Every call so far, in the order of the answers. */
  readonly calls: readonly Call[];
  /** What is done is done, but the sender does not hear it. */
  isMute: boolean;
  close(): void;
}

/** `POST /api/v1/webhooks/{kind}/{name}` goes to the route; nothing else is served. */
export async function openWebhookDoor(route: Route): Promise<WebhookDoor> {
  const calls: Call[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await buffer(incoming);
      const [kind = "", name = ""] = (incoming.url ?? "").split("/").slice(4);
      const headers = new Headers();
      for (const [field, value] of Object.entries(incoming.headers)) headers.set(field, String(value));
      const url = `http://receiver${incoming.url ?? ""}`;
      const request = new Request(url, { method: "POST", headers, body: new Uint8Array(body) });
      const response = await route(request, { params: Promise.resolve({ kind, name }) });
      const heard = !door.isMute;
      calls.push({ body: body.toString(), status: response.status, heard });
      if (!heard) return void incoming.socket.destroy();
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    })();
  });
  const door = {
    origin: `http://127.0.0.1:${String(await listenLocally(server))}`,
    ...{ calls, isMute: false },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return door;
}
