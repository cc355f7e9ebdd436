/** Signing: by whoever decides and by an owner. With both, what was seen is kept for good. */
import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { SignReview } from "@/lib/contract/review";
import { monthBounds } from "@/lib/domain/month-bounds";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { store } from "@/lib/store/open-store";
import type { StoredReview } from "@/lib/store/review-repository";
import { canonicalJson } from "./canonical-json";
import { measuredMonth, type MeasuredMonth } from "./measured-month";
import { ownsRules } from "./review-owners";
import { reviewReader } from "./review-reader";

/** Throws `ProblemError`: `forbidden`, `conflict` when it was changed meanwhile, is signed, or the month is not over. */
export async function signReview(
  principal: Principal,
  month: string,
  { version, as }: SignReview,
  now = new Date(),
): Promise<void> {
  const { mayDecide } = await reviewReader(principal);
  const { reviews, audit } = await store();
  if (monthBounds(month).to > now) throw new ProblemError("conflict", { detail: "The month is not over." });
  const review = await reviews.open(month, principal.userId, now);
  if (review.state === "signed") throw new ProblemError("conflict", { detail: "This review is signed." });
  const measured = await measuredMonth(month, now);
  const allowed = as === "manager" ? mayDecide : ownsRules(principal, measured);
  if (!allowed) throw new ProblemError("forbidden", { detail: NOT_ALLOWED[as] });
  const other = as === "manager" ? review.ownerSignedBy : review.signedBy;
  if (other === principal.userId) {
    throw new ProblemError("forbidden", { detail: "Two people sign a review: you signed it already." });
  }
  const snapshot = other === null ? null : await snapshotOf(review, measured);
  const { userId, displayName: name, role } = principal;
  const detail = { month, as, ...(snapshot && { hash: snapshot.hash }) };
  await audit.append({ actor: userId, role, action: "review.sign", detail });
  if (await reviews.sign(month, version, as, { userId, name }, now, snapshot)) return;
  throw new ProblemError("conflict", { detail: "Somebody changed this review in the meantime." });
}

const NOT_ALLOWED = {
  manager: "Your role does not sign the review.",
  owner: "An owner is whoever is in a team that owns a rule of this month.",
} as const;

async function snapshotOf({ month, summary }: StoredReview, { report, ruleSet }: MeasuredMonth) {
  const { reviews } = await store();
  const text = canonicalJson({ report, ruleSet, summary, decisions: await reviews.decisions({ month }) });
  const bytes = Uint8Array.from(await promisify(gzip)(text));
  return { watermark: new Date(report.watermark), bytes, hash: createHash("sha256").update(text).digest("hex") };
}
