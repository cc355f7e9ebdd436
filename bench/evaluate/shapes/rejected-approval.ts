/** A payment waits for an internal approval and is rejected there; the customer only learns that it failed. */
import { call, openPage, type Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { edgeLineOnly } from "./edge-only";
import { enqueueCharge } from "./enqueue-charge";

export function rejectedApproval(scene: Scene): ToldStory {
  const { estate, at } = scene;
  const publish = enqueueCharge(scene, at);
  const [worker, approvals, mail] = [
    scene.service("billing-worker"),
    scene.service("approvals"),
    scene.service("email-worker"),
  ];
  const seen = at + scene.random.int(40_000, 90_000);
  if (scene.short) return edgeLineOnly(scene, seen + 20_000, "payment failed for", "The payment was rejected.");

  // Half of these tools call a rejection an error; the others call it a result.
  const asError = scene.variant % 2 === 1;
  const verdict = asError ? { failed: "ApprovalRejected: velocity" } : { refused: true };
  const work = estate.span(worker, "process billing.charge", estate.trace(), {
    kind: "consumer",
    at: seen,
    ms: 900,
    links: [publish],
    failed: "PaymentRejected: rejected by approvals",
    attributes: scene.variant < 4 ? scene.tag(worker) : {},
  });
  estate.line(worker, `charge taken from queue ${scene.prose(worker)}`, seen + 5, { in: work });
  const { client, server } = call(scene, work, approvals, ["POST", "/evaluate"], {
    ...verdict,
    at: seen + 30,
    ms: 700,
    status: asError ? 500 : 403,
  });
  const rules = estate.span(approvals, "evaluate rules", server.traceId, {
    parent: server,
    at: seen + 60,
    ms: 500,
    attributes: { "approvals.decision": "reject" },
    ...(asError && { failed: "ApprovalRejected: velocity" }),
  });
  const decision = `charge rejected rule=velocity decided_by=j.ruiz ${scene.prose(approvals)}`;
  const line = estate.line(approvals, decision, seen + 540, { in: rules, level: asError ? "error" : "warn" });
  const passed = estate.line(worker, `PaymentRejected: rejected by approvals ${scene.prose(worker)}`, seen + 780, {
    in: work,
    level: "error",
  });
  const mailed = estate.span(mail, "send payment_failed", estate.trace(), {
    kind: "consumer",
    at: seen + 2_000,
    ms: 80,
    links: [work],
  });
  estate.line(mail, `sent template=payment_failed ${scene.prose(mail)}`, seen + 2_060, { in: mailed });
  const page = openPage(scene, "GET payment status", ["GET", "/api/payments/:id"], { at: seen + 9_000, ms: 70 });
  const shop = scene.service("storefront-api");
  estate.line(shop, `payment page served state=failed ${scene.prose(shop)}`, seen + 9_060, { in: page.shop });
  return {
    broke: { service: "approvals", records: [server.id, rules.id, line] },
    firstSymptom: [server.id, rules.id, line, client.id, work.id, passed],
    failing: work,
    story: "approvals rejected the charge; billing-worker and the customer only saw the result.",
  };
}
