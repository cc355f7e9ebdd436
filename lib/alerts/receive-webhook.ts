/**
 * A call to a hook: authenticated over its bytes, stored, and only then acknowledged. Whatever is authentic is stored, also
 * what nobody can read: senders repeat what is refused for ever, and an admin sees it on the page of hooks.
 */
import "server-only";
import { type AlertHook, HookKind } from "@/lib/domain/alert-hook";
import { clientAddress } from "@/lib/identity/client-address";
import { tryToken } from "@/lib/identity/rate-limit";
import { log } from "@/lib/platform/log";
import { ProblemError } from "@/lib/platform/problem-error";
import { reportError } from "@/lib/platform/report-error";
import { store } from "@/lib/store/open-store";
import { headersProve, signatureProves } from "./authenticate-call";
import { nudgeDeliveryWorker } from "./delivery-worker";
import { findHook } from "./find-hook";
import { readRawBody, unpacked } from "./read-raw-body";

/** Bodies in memory at once. Senders try again after what is refused for it. */
const MAX_AT_ONCE = 32;
/** Of these, bodies that have to be read before it is known whether their sender may send: strangers hold up no one else. */
const MAX_UNPROVEN = 8;
/** Stored and not yet worked off: more than an outage of hours leaves, and less than fills a disk. */
const MAX_WAITING = 20_000;
const RETRY_AFTER_SECONDS = 5;
let underWay = 0;
let unproven = 0;

/**
 * Resolves when the call is stored. Throws `ProblemError`: `unauthenticated` alike for an unknown hook and a wrong secret,
 * `too-large`, `bad-request` for a body that did not arrive whole, `overloaded` when it could not be stored or too much waits.
 * Never `rate-limited`: senders take that for an answer that will not change.
 */
export async function receiveWebhook(request: Request, kind: string, name: string, now = new Date()): Promise<void> {
  if (underWay >= MAX_AT_ONCE) throw overloaded();
  underWay += 1;
  try {
    await receive(request, kind, name, now);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    reportError(error, { area: "webhooks", expected: false });
    throw overloaded(error);
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
    await noteRefusal(hook, request, now);
    throw new ProblemError("unauthenticated");
  }
  if (await opened.deliveries.isFull(MAX_WAITING)) {
    log("webhooks").error({ waiting: MAX_WAITING }, "too many calls wait; senders are told to come again");
    throw overloaded();
  }
  const source = `${hook.kind}/${hook.name}`;
  const plain = unpacked(body, request.headers.get("content-encoding"));
  await opened.deliveries.record({ kind: hook.kind, source, body: plain, receivedAt: now });
  await opened.alertHooks.used(hook, now);
  nudgeDeliveryWorker();
}

/** Nobody knows its secret: an unknown hook costs what a wrong secret does. */
const NOBODY: AlertHook = {
  ...{ id: null, kind: "alertmanager", name: "", auth: "bearer", username: "", route: "unknown" },
  ...{ secrets: [crypto.randomUUID()], timestampHeader: undefined, lastUsedAt: null },
};

/** Undefined when nothing proves who sent it. Without need no byte of a stranger's body is read. */
async function authenticBody(hook: AlertHook, request: Request, now: Date): Promise<Buffer | undefined> {
  if (hook.auth !== "hmac") return headersProve(hook, request.headers) ? readRawBody(request) : undefined;
  if (unproven >= MAX_UNPROVEN) throw overloaded();
  unproven += 1;
  try {
    const body = await readRawBody(request);
    return signatureProves(hook, request.headers, body, now) ? body : undefined;
  } finally {
    unproven -= 1;
  }
}

/** For whoever wonders why nothing arrives. So many lines for each address; a flood writes no more. */
async function noteRefusal(hook: AlertHook | undefined, { headers }: Request, now: Date): Promise<void> {
  if (!(await tryToken("bad-webhook", clientAddress(headers), now))) return;
  // What a stranger asks for is not written down.
  const path = hook ? `${hook.kind}/${hook.name}` : "unknown";
  log("webhooks").warn({ hook: path }, "a call does not prove who sent it");
}

function overloaded(cause?: unknown): ProblemError {
  return new ProblemError("overloaded", { retryAfterSeconds: RETRY_AFTER_SECONDS, cause });
}
