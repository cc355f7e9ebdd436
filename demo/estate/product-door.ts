/** The product as a stranger reaches it: its webhooks with their secrets, its API with a person's token. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { DemoHook } from "./demo-hooks";

const LIMIT_MS = 30_000;
/** What a sender does with "come back later". */
const ATTEMPTS = 5;

export class ProductDoor {
  constructor(
    private readonly url: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws when the product has not taken it after some attempts. */
  async post(hook: DemoHook, body: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const status = await this.offer(hook, body);
      if (status >= 200 && status < 300) return;
      if (attempt === ATTEMPTS || (status < 500 && status !== 0))
        throw new Error(`webhook ${hook.kind}/${hook.name} answered ${String(status)}`);
      await sleep(250 * 2 ** attempt, undefined, { signal: this.signal });
    }
  }

  /** The status; 0 when nobody answered. */
  async offer({ kind, name, secret }: DemoHook, body: string): Promise<number> {
    try {
      const response = await fetch(`${this.url}/api/v1/webhooks/${kind}/${name}`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body,
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(LIMIT_MS)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      this.signal.throwIfAborted();
      return 0;
    }
  }

  get<T>(path: string, token: string, shape: z.ZodType<T>): Promise<T> {
    return this.#ask("GET", path, token, undefined, shape);
  }

  async send(method: "POST" | "PUT" | "PATCH", path: string, token: string, body: unknown): Promise<unknown> {
    return await this.#ask(method, path, token, body, z.unknown());
  }

  async #ask<T>(method: string, path: string, token: string, body: unknown, shape: z.ZodType<T>): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${String(response.status)}: ${text.slice(0, 300)}`);
    return shape.parse(text === "" ? null : JSON.parse(text));
  }
}
