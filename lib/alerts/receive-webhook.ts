/**
 * A call to a hook: authenticated over its bytes, stored, and only then acknowledged. Whatever is authentic is stored, also
 * what nobody can read: senders repeat what is refused for ever, and an admin sees it on the page of hooks.
 */
import "server-only";
import { type AlertHook, HookKind } from "@/lib/domain/alert-hook";
import { clientAddress } from "@/lib/identity/client-address";
import { takeToken } from "@/lib/identity/rate-limit";
import { ProblemError } from "@/lib/platform/problem-error";
import { reportError } from "@/lib/platform/report-error";
import { store } from "@/lib/store/open-store";
import { headersProve, signatureProves } from "./authenticate-call";
import { nudgeDeliveryWorker } from "./delivery-worker";
import { findHook } from "./find-hook";
import { readRawBody, unpacked } from "./read-raw-body";

/** Bodies in memory at once. Senders try again after what is refused for it. */
const MAX_AT_ONCE = 32;
const RETRY_AFTER_SECONDS = 5;
let underWay = 0;

/**
 * Resolves when the call is stored. Throws `ProblemError`: `unauthenticated` alike for an unknown hook and a wrong secret,
 * `too-large`, `bad-request` for a body that did not arrive whole, `overloaded` when it could not be stored.
 */
export async function receiveWebhook(request: Request, kind: string, name: string, now = new Date()): Promise<void> {
  if (underWay >= MAX_AT_ONCE) throw new ProblemError("overloaded", { retryAfterSeconds: RETRY_AFTER_SECONDS });
  underWay += 1;
  try {
    await receive(request, kind, name, now);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    reportError(error, { area: "webhooks", expected: false });
    throw new ProblemError("overloaded", { retryAfterSeconds: RETRY_AFTER_SECONDS, cause: error });
  } finally {
    underWay -= 1;
  }
}

async function receive(request: Request, kindText: string, name: string, now: Date): Promise<void> {
  const opened = await store();
  const kind = HookKind.safeParse(kindText);
  const hook = kind.success ? await findHook(kind.data, name, opened, now) : undefined;
  const body = await authenticBody(hook ?? NOBODY, request, now);
  if (!hook || !body) {
    await takeToken("bad-webhook", clientAddress(request.headers), now);
    throw new ProblemError("unauthenticated");
  }
  const source = `${hook.kind}/${hook.name}`;
  const plain = unpacked(body, request.headers.get("content-encoding"));
  await opened.deliveries.record({ kind: hook.kind, source, body: plain, receivedAt: now });
  if (hook.id !== null) await opened.alertHooks.used(hook.id, now);
  nudgeDeliveryWorker();
}

/** Nobody knows its secret: an unknown hook costs what a wrong secret does. */
const NOBODY: AlertHook = {
  ...{ id: null, kind: "alertmanager", name: "", auth: "bearer", username: "", route: "unknown" },
  ...{ secrets: [crypto.randomUUID()], timestampHeader: undefined },
};

/** Undefined when nothing proves who sent it. Without need no byte of a stranger's body is read. */
async function authenticBody(hook: AlertHook, request: Request, now: Date): Promise<Buffer | undefined> {
  if (hook.auth !== "hmac") return headersProve(hook, request.headers) ? readRawBody(request) : undefined;
  const body = await readRawBody(request);
  return signatureProves(hook, request.headers, body, now) ? body : undefined;
}
