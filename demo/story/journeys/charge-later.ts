/** The worker takes a charge from the queue and asks the gateway, which asks the internal approvals tool. */
import type { DemoSpan } from "../../backends/backend";
import { endOf, iso, ms, type Scene } from "../scene";
import type { Checkout } from "./checkout";
import { httpCall } from "./http-call";

const FRAMES = [
  { filename: "worker/main.py", function: "run", lineno: 52, inApp: true },
  { filename: "worker/charge.py", function: "process_charge", lineno: 131, inApp: true },
];

export function chargeLater(scene: Scene, checkout: Checkout, enqueued: DemoSpan, at: bigint): DemoSpan {
  const { order, account, rejectedBy } = checkout;
  const rejected = rejectedBy !== undefined;
  const message = `approvals rejected the charge by rule ${rejectedBy ?? ""}`;
  const tookMs = rejected ? 2_410 : scene.random.between(420, 780);
  const failure = rejected ? { failure: "PaymentRejected" } : {};
  const process = scene.span({
    service: "billing-worker",
    name: "process billing.charge",
    kind: "consumer",
    at,
    tookMs,
    order,
    attributes: {
      "account.id": account,
      "messaging.destination.name": "billing.charge",
      "messaging.message.id": `chg-${order}-1`,
      "queue.delay_ms": BigInt(Math.round(checkout.queueMs)),
    },
    links: [enqueued],
    ...failure,
    ...(rejected ? { events: [exceptionAt(at + ms(tookMs - 6), message)] } : {}),
  });
  const call = scene.span({
    service: "billing-worker",
    name: "POST payment-gateway",
    kind: "client",
    parent: process,
    at: at + ms(30),
    tookMs: tookMs - 110,
    order,
    attributes: { "server.address": "payment-gateway", "http.response.status_code": rejected ? 402n : 200n },
    ...failure,
  });
  logWait(scene, checkout, process);
  const decided = authorize(scene, checkout, call, tookMs - 160);
  if (rejected) logFailure(scene, checkout, process, decided, message);
  return process;
}

function authorize(scene: Scene, checkout: Checkout, parent: DemoSpan, tookMs: number): DemoSpan {
  const { order, account, rejectedBy } = checkout;
  const at = BigInt(parent.startNs) + ms(22);
  const authorization = scene.span({
    service: "payment-gateway",
    name: "POST /authorize",
    kind: "server",
    parent,
    at,
    tookMs,
    order,
    attributes: httpCall("POST", "/authorize", "/authorize", rejectedBy === undefined ? 200 : 402),
    ...(rejectedBy === undefined ? {} : { failure: "declined" }),
  });
  // A rule that says no is this tool working as built, so its own span is not an error.
  const rules = scene.span({
    service: "approvals",
    name: "evaluate rules",
    kind: "server",
    parent: authorization,
    at: at + ms(68),
    tookMs: tookMs * 0.8,
    order,
    attributes: { ...httpCall("POST", "/evaluate", "/evaluate", 200), "approvals.decision": decisionOf(checkout) },
  });
  const decidedAt = endOf(rules) - ms(9);
  scene.log({
    service: "approvals",
    at: decidedAt,
    span: rules,
    line:
      rejectedBy === undefined
        ? `time=${iso(decidedAt)} level=info msg="charge approved" order_id=${order} account_id=${account} decision=approved`
        : `time=${iso(decidedAt)} level=warn msg="charge rejected" order_id=${order} account_id=${account} rule=${rejectedBy} limit=3 seen=4 window=10m decision=rejected`,
  });
  return authorization;
}

function logWait(scene: Scene, checkout: Checkout, process: DemoSpan): void {
  scene.log({
    service: "billing-worker",
    at: BigInt(process.startNs) + ms(2),
    span: process,
    line: `message chg-${checkout.order}-1 waited ${(checkout.queueMs / 1000).toFixed(1)} s in queue billing.charge`,
    metadata: { order_id: checkout.order, account_id: checkout.account, queue_name: "billing.charge" },
  });
}

function logFailure(
  scene: Scene,
  checkout: Checkout,
  process: DemoSpan,
  authorization: DemoSpan,
  message: string,
): void {
  const { order, account, rejectedBy } = checkout;
  scene.log({
    service: "payment-gateway",
    at: endOf(authorization) - ms(4),
    line: `authorize declined order=${order} acct=${account} reason=approvals_rejected rule=${rejectedBy ?? ""} trace=${authorization.traceId}`,
  });
  scene.log({
    service: "billing-worker",
    at: endOf(process) - ms(5),
    span: process,
    line: `charge failed: rejected by approvals rule ${rejectedBy ?? ""}`,
    metadata: {
      order_id: order,
      account_id: account,
      exception_type: "PaymentRejected",
      exception_message: message,
      severity_text: "ERROR",
    },
  });
  scene.error({
    service: "billing-worker",
    at: endOf(process) - ms(6),
    type: "PaymentRejected",
    value: message,
    span: process,
    order,
    account,
    frames: FRAMES,
  });
}

function exceptionAt(at: bigint, message: string): NonNullable<DemoSpan["events"]>[number] {
  return {
    atNs: at.toString(),
    name: "exception",
    attributes: { "exception.type": "PaymentRejected", "exception.message": message },
  };
}

function decisionOf(checkout: Checkout): string {
  return checkout.rejectedBy === undefined ? "approved" : "rejected";
}
