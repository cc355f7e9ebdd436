/** Break-glass: asked for, answered by a second person, ended, looked at. Each step is on record before it counts. */
import "server-only";
import { randomUUID } from "node:crypto";
import type { NewReveal } from "@/lib/contract/reveal";
import type { KeyId } from "@/lib/domain/correlation-key";
import type { RolePolicy } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import type { FieldClass } from "@/lib/domain/role";
import { CONTENT_CLASSES, revealState, type StoredReveal } from "@/lib/domain/stored-reveal";
import { requireFreshProof } from "@/lib/identity/require-fresh-proof";
import { ProblemError } from "@/lib/platform/problem-error";
import { rolePolicyOf } from "@/lib/redact/policy";
import type { AuditEntry } from "@/lib/store/audit-repository";
import { store } from "@/lib/store/open-store";
import { policyInForce } from "./policy-in-force";
import { mayDo, requireAbility } from "./resolve-access";
import { sealRevealKeys } from "./reveal-keys";

export type RevealWish = Omit<NewReveal, "keys">;

export interface AskedIncident {
  /** Keyed digest of the keys. */
  readonly incident: string;
  /** As they are, not as anybody reads them. */
  readonly keys: readonly KeyId[];
}

/** Classes that somebody may ask for in the role. Pure. */
export function revealableIn({ name, abilities, mayReveal }: RolePolicy): readonly FieldClass[] {
  return name !== "vendor" && abilities.includes("reveal") ? mayReveal : [];
}

/** Throws `ProblemError`: `forbidden`, `step-up-required`, or `conflict` while the same is open already. */
export async function askReveal(
  principal: Principal,
  { incident, keys }: AskedIncident,
  wish: RevealWish,
  now: Date,
): Promise<StoredReveal> {
  await requireAbility(principal, "reveal");
  const rolePolicy = rolePolicyOf((await policyInForce()).document, principal.role);
  if (!revealableIn(rolePolicy).some((one) => one === wish.fieldClass)) {
    throw new ProblemError("forbidden", { field: "fieldClass", detail: "Your role may not open this class." });
  }
  requireFreshProof(principal, now);
  const { reveals } = await store();
  const { userId, role } = principal;
  const open = (await reveals.openOf(userId, incident, now)).filter((one) => one.role === role);
  if (open.some(({ fieldClass }) => fieldClass === wish.fieldClass)) {
    throw new ProblemError("conflict", { detail: "You asked for this already: it is in force, or waits." });
  }
  const needsSecond = CONTENT_CLASSES.has(wish.fieldClass);
  const id = randomUUID();
  const askedKeys = sealRevealKeys(id, keys);
  const about = { incident, askedKeys, needsSecond, askedAt: now };
  const reveal = { ...wish, ...about, id, userId, by: principal.displayName, role };
  const { fieldClass, minutes } = wish;
  await record(principal, "request", { id, incident, fieldClass, ticket: wish.ticket }, { minutes, needsSecond });
  return reveals.create(reveal);
}

/** Throws `ProblemError`: as above, `not-found`, or `conflict` when it does not wait any more. */
export async function approveReveal(principal: Principal, revealId: string, now: Date): Promise<void> {
  const reveal = await toAnswer(principal, revealId, now);
  const { reveals } = await store();
  if (!(await reveals.approve(revealId, personOf(principal), now))) throw answered();
  try {
    await record(principal, "approve", reveal);
  } catch (cause) {
    // What is not on record opens nothing.
    await reveals.end(revealId, now);
    throw cause;
  }
}

/** Throws as `approveReveal` does. */
export async function refuseReveal(principal: Principal, revealId: string, now: Date): Promise<void> {
  const reveal = await toAnswer(principal, revealId, now);
  const { reveals } = await store();
  if (!(await reveals.refuse(revealId, personOf(principal), now))) throw answered();
  await record(principal, "refuse", reveal);
}

/** By who asked, or an admin. Throws `ProblemError`: `not-found` for others, `conflict` when it is over. */
export async function endReveal(principal: Principal, revealId: string, now: Date): Promise<void> {
  const { reveals } = await store();
  const reveal = await reveals.read(revealId);
  const isTheirs = reveal?.userId === principal.userId || (await mayDo(principal, "administer"));
  if (!reveal || !isTheirs) throw new ProblemError("not-found");
  if (!(await reveals.end(revealId, now))) throw new ProblemError("conflict", { detail: "It is over already." });
  await record(principal, "end", reveal);
}

/** "I looked at this." Throws `ProblemError`: `forbidden`, `not-found`, `conflict`. */
export async function reviewReveal(principal: Principal, revealId: string, now: Date): Promise<void> {
  await requireAbility(principal, "review-reveals");
  if (principal.via === "token") throw new ProblemError("forbidden", { detail: "A person signs this, not a token." });
  const { reveals } = await store();
  const reveal = await reveals.read(revealId);
  if (!reveal) throw new ProblemError("not-found");
  if (reveal.userId === principal.userId) throw new ProblemError("forbidden", { detail: "Somebody else looks at it." });
  if (!(await reveals.review(revealId, personOf(principal), now))) {
    throw new ProblemError("conflict", { detail: "It is not over yet, or somebody looked at it already." });
  }
  await record(principal, "review", reveal);
}

async function toAnswer(principal: Principal, revealId: string, now: Date): Promise<StoredReveal> {
  await requireAbility(principal, "second-reveal");
  requireFreshProof(principal, now);
  const reveal = await (await store()).reveals.read(revealId);
  if (!reveal?.needsSecond) throw new ProblemError("not-found");
  if (reveal.userId === principal.userId) {
    throw new ProblemError("forbidden", { detail: "Nobody is their own second person." });
  }
  if (revealState(reveal, now) !== "waiting") throw answered();
  return reveal;
}

function answered(): ProblemError {
  return new ProblemError("conflict", {
    detail: "It does not wait any more: answered, withdrawn or older than an hour.",
  });
}

function personOf({ userId, displayName }: Principal): { userId: string; name: string } {
  return { userId, name: displayName };
}

type Named = Pick<StoredReveal, "id" | "incident" | "fieldClass" | "ticket">;

/** Which class, where, for which ticket. The reason may name people and stays out. */
async function record(
  { userId: actor, role }: Principal,
  step: "request" | "approve" | "refuse" | "end" | "review",
  { id, incident, fieldClass, ticket }: Named,
  more: NonNullable<AuditEntry["detail"]> = {},
): Promise<void> {
  const policy = (await policyInForce()).label;
  const detail = { revealId: id, class: fieldClass, ticket, policy, ...more };
  await (await store()).audit.append({ actor, role, action: `reveal.${step}`, incident, detail });
}
