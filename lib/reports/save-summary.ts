/** The words of the meeting. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { store } from "@/lib/store/open-store";
import { requireDecider } from "./review-reader";

/** Throws `ProblemError`: `forbidden`, `conflict` when it was changed meanwhile or is signed. */
export async function saveSummary(
  principal: Principal,
  month: string,
  summary: string,
  version: number,
): Promise<void> {
  await requireDecider(principal);
  const { reviews, audit } = await store();
  await audit.append({ actor: principal.userId, role: principal.role, action: "review.summary", detail: { month } });
  if (await reviews.saveSummary(month, version, summary)) return;
  throw new ProblemError("conflict", { detail: "Somebody changed this review in the meantime, or signed it." });
}
