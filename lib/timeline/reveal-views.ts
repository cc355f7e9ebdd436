/** Reveals as somebody may know them: their own, those of an incident that they open, and those they answer for. */
import "server-only";
import { accessOf } from "@/lib/access/resolve-access";
import { revealKeys } from "@/lib/access/reveal-keys";
import { revealableIn } from "@/lib/access/reveals";
import type { RevealList } from "@/lib/contract/reveal";
import type { Principal } from "@/lib/domain/principal";
import { revealState, type StoredReveal } from "@/lib/domain/stored-reveal";
import { rolePolicyOf } from "@/lib/redact/policy";
import { redactReveals } from "@/lib/redact/redact-reveals";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import { incidentOf } from "./incident-of";
import { rememberStandIns } from "./stand-ins";
import { freshTimelineDeps } from "./timeline-deps";

const LISTED_DAYS = 90;
const DAY_MS = 24 * 3_600_000;
const MOST = 500;

/** With keys: what is known of that one incident. Without: what the reader asked for, and what they answer for. */
export async function listReveals(principal: Principal, keys: readonly string[], now: Date): Promise<RevealList> {
  const incident = keys.length > 0 ? await incidentOf(principal, keys) : undefined;
  const access = await accessOf(principal, incident ?? "", now);
  const context = createRedactionContext((await freshTimelineDeps()).redaction, access);
  const rolePolicy = rolePolicyOf(access.policy.document, principal.role);
  const { abilities } = rolePolicy;
  const maySecond = abilities.includes("second-reveal");
  const mayReview = abilities.includes("review-reveals");
  const seesAll = mayReview || abilities.includes("administer");
  const stored = await storedReveals(principal, seesAll || maySecond, incident, now);
  const { userId } = principal;
  const isMine = (one: StoredReveal): boolean => one.userId === userId;
  const isWaiting = (one: StoredReveal): boolean => revealState(one, now) === "waiting";
  const isListed = (one: StoredReveal): boolean => isMine(one) || seesAll || (maySecond && isWaiting(one));
  const others = stored.filter((one) => !isMine(one));
  const waiting = others.filter(isWaiting).length;
  const unseen = others.filter((one) => revealState(one, now) === "over" && !one.reviewedAt).length;
  const reveals = redactReveals(stored.filter(isListed), context, { userId, now, keysOf: revealKeys });
  await rememberStandIns(context.givenOut);
  return {
    reveals,
    complete: stored.length < MOST,
    mayReveal: [...revealableIn(rolePolicy)],
    maySecond,
    mayReview,
    toAnswer: maySecond ? waiting : 0,
    toReview: mayReview ? unseen : 0,
  };
}

async function storedReveals(
  { userId }: Principal,
  ofEverybody: boolean,
  incident: string | undefined,
  now: Date,
): Promise<readonly StoredReveal[]> {
  const from = new Date(now.getTime() - LISTED_DAYS * DAY_MS);
  // One more than now: what was asked for in this very millisecond counts.
  const to = new Date(now.getTime() + 1);
  const asked = await (await store()).reveals.asked(from, to, MOST, ofEverybody ? undefined : userId);
  return incident === undefined ? asked : asked.filter((one) => one.incident === incident);
}
