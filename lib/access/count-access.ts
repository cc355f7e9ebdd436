/** How often people needed more than their role reads: for the monthly review. A class asked for daily is a wrong policy. */
import "server-only";
import type { AccessCount, AccessCounts } from "@/lib/contract/reveal";
import { monthBounds, monthOf } from "@/lib/domain/month-bounds";
import type { Principal } from "@/lib/domain/principal";
import type { StoredAccessRequest } from "@/lib/domain/stored-access-request";
import { revealState, type StoredReveal } from "@/lib/domain/stored-reveal";
import { store } from "@/lib/store/open-store";
import { requireAbility } from "./resolve-access";

const MOST = 100_000;

/** Of the UTC month that `now` is in. Throws `ProblemError("forbidden")`. */
export async function accessCountsOf(principal: Principal, now: Date): Promise<AccessCounts> {
  await requireAbility(principal, "review-reveals");
  const { month, from, to } = monthBounds(monthOf(now));
  const { reveals, accessRequests } = await store();
  const [asked, wished] = await Promise.all([reveals.asked(from, to, MOST), accessRequests.asked(from, to, MOST)]);
  return { month, counts: countAccess(asked, wished, now) };
}

type CountedReveal = Pick<
  StoredReveal,
  "role" | "fieldClass" | "needsSecond" | "askedAt" | "startsAt" | "expiresAt" | "endedAt" | "refusedAt"
>;
type CountedRequest = Pick<StoredAccessRequest, "role" | "kind" | "wanted" | "state">;

/** By role, what was wanted and how it was answered: the most frequent first, then by name. Pure. */
export function countAccess(
  reveals: readonly CountedReveal[],
  requests: readonly CountedRequest[],
  now: Date,
): AccessCount[] {
  const counts = new Map<string, AccessCount>();
  const add = (one: Omit<AccessCount, "count">): void => {
    const id = [one.kind, one.role, one.wanted, one.answer].join("\n");
    counts.set(id, { ...one, count: (counts.get(id)?.count ?? 0) + 1 });
  };
  for (const reveal of reveals) {
    add({ kind: "reveal", role: reveal.role, wanted: reveal.fieldClass, answer: answerTo(reveal, now) });
  }
  for (const { kind, role, wanted, state } of requests) add({ kind, role, wanted, answer: state });
  const nameOf = ({ kind, role, wanted, answer }: AccessCount): string => `${kind} ${role} ${wanted} ${answer}`;
  return [...counts.values()].sort((a, b) => b.count - a.count || (nameOf(a) < nameOf(b) ? -1 : 1));
}

function answerTo(reveal: CountedReveal, now: Date): string {
  const state = revealState(reveal, now);
  if (state !== "in-force" && state !== "over") return state;
  return reveal.needsSecond ? "approved" : "at once";
}
