/** Recorded requests and answers of real servers, for holding a demo backend to true behaviour. Tests only. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

const Push = z.object({ id: z.string(), request: z.object({ path: z.string(), body: z.string() }) });
const Exchange = z.object({
  name: z.string(),
  /** Which server, when it was not the ordinary one. */
  instance: z.string().optional(),
  request: z.object({
    method: z.string(),
    /** Request line as sent, percent-encoded. */
    target: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string().optional(),
    form: z.array(z.tuple([z.string(), z.string()])).optional(),
  }),
  response: z.object({
    status: z.number(),
    contentType: z.string(),
    body: z.string().nullish(),
    binary: z.boolean().optional(),
  }),
});
export type RecordedPush = z.infer<typeof Push>;
export type RecordedExchange = z.infer<typeof Exchange>;

/** Statistics were removed from the bodies when the fixtures were cut; nothing else was changed. */
export function recordedPushes(file: URL): RecordedPush[] {
  return linesOf(file).map((line) => Push.parse(JSON.parse(line)));
}

export function recordedExchanges(file: URL): RecordedExchange[] {
  return linesOf(file).map((line) => Exchange.parse(JSON.parse(line)));
}

function linesOf(file: URL): string[] {
  return gunzipSync(readFileSync(file)).toString("utf8").split("\n");
}

/** Pushes recorded data through the backend's own push API. */
export async function pushRecorded(base: string, pushes: readonly RecordedPush[]): Promise<void> {
  for (const { id, request } of pushes) {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(base + request.path, { method: "POST", headers, body: request.body });
    if (!response.ok) throw new Error(`${id}: ${String(response.status)} ${await response.text()}`);
  }
}

export interface ReplayedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export async function replay(base: string, { request }: RecordedExchange): Promise<ReplayedAnswer> {
  const body = request.body ?? (request.form === undefined ? undefined : new URLSearchParams(request.form).toString());
  const headers = new Headers(request.headers);
  headers.delete("accept-encoding");
  const response = await fetch(base + request.target, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    body: await response.text(),
  };
}

/** JSON with object keys in one order, so that texts can be compared; undefined when the text is no JSON. */
export function canonicalJson(text: string, change: (key: string, value: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(ordered(JSON.parse(text), "", change));
  } catch {
    return undefined;
  }
}

function ordered(value: unknown, key: string, change: (key: string, value: unknown) => unknown): unknown {
  const changed = change(key, value);
  if (Array.isArray(changed)) return changed.map((member: unknown) => ordered(member, "", change));
  if (typeof changed !== "object" || changed === null) return changed;
  const entries = Object.entries(changed).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, member]) => [name, ordered(member, name, change)]).filter(([, member]) => member !== undefined),
  );
}
