/** Wishes for standing access: anybody asks, an admin answers, nobody answers their own. */
import "server-only";
import type {
  AccessRequestAnswer,
  AccessRequestList,
  AccessRequestView,
  NewAccessRequest,
} from "@/lib/contract/access-request";
import type { Principal } from "@/lib/domain/principal";
import type { StoredAccessRequest } from "@/lib/domain/stored-access-request";
import { ProblemError } from "@/lib/platform/problem-error";
import { store } from "@/lib/store/open-store";
import { policyInForce } from "./policy-in-force";
import { mayDo, requireAbility } from "./resolve-access";
import { addRole } from "./people";

const MOST = 500;
const MOST_OPEN = 5;

export async function listAccessRequests(principal: Principal): Promise<AccessRequestList> {
  const { accessRequests, users } = await store();
  const mayAnswer = await mayDo(principal, "administer");
  const requests = await accessRequests.list(MOST, mayAnswer ? undefined : principal.userId);
  const person = await users.findById(principal.userId);
  const { document } = await policyInForce();
  const others = document.roles.filter(({ name }) => !person?.roles.includes(name));
  return {
    requests: requests.map((request) => viewOf(request, principal)),
    complete: requests.length < MOST,
    mayAnswer,
    roles: others.map(({ name, description }) => ({ name, description })),
    fromGroups: person?.oidcSubject != null,
  };
}

/** Throws `ProblemError`: `bad-request` naming the field, `conflict` for what is open already. */
export async function askAccess(principal: Principal, wish: NewAccessRequest, now: Date): Promise<{ id: string }> {
  refuseTokens(principal);
  const { accessRequests, users, audit } = await store();
  const { userId, role, displayName: by } = principal;
  if (wish.kind === "role") await checkRole(wish.wanted, (await users.findById(userId))?.roles ?? []);
  const open = (await accessRequests.list(MOST, userId)).filter(({ state }) => state === "open");
  if (open.some(({ kind, wanted }) => kind === wish.kind && wanted === wish.wanted)) {
    throw new ProblemError("conflict", {
      field: "wanted",
      detail: "You asked for this already; it is not answered yet.",
    });
  }
  if (open.length >= MOST_OPEN) {
    throw new ProblemError("conflict", { detail: "Five of your requests wait for an answer. Withdraw one first." });
  }
  const { id } = await accessRequests.create({ ...wish, userId, by, role, askedAt: now });
  const detail = { requestId: id, kind: wish.kind, wanted: wish.wanted };
  await audit.append({ actor: userId, role, action: "access-request.ask", detail });
  return { id };
}

/** Throws `ProblemError`: `forbidden`, `not-found`, `conflict` when it is answered or the role comes from groups. */
export async function answerAccessRequest(
  principal: Principal,
  requestId: string,
  { granted, words }: AccessRequestAnswer,
  now: Date,
): Promise<void> {
  await requireAbility(principal, "administer");
  refuseTokens(principal);
  const { accessRequests, audit } = await store();
  const request = await accessRequests.read(requestId);
  if (!request) throw new ProblemError("not-found");
  const { userId: actor, role } = principal;
  if (request.userId === actor) throw new ProblemError("forbidden", { detail: "Somebody else answers your requests." });
  const state = granted ? "granted" : "refused";
  const taken = await accessRequests.answer(requestId, { state, answer: words, answeredBy: actor, answeredAt: now });
  if (!taken) throw closed();
  try {
    if (granted && request.kind === "role") await addRole(principal, request.userId, request.wanted);
    const detail = { requestId, kind: request.kind, wanted: request.wanted, userId: request.userId, state };
    await audit.append({ actor, role, action: "access-request.answer", detail });
  } catch (cause) {
    await accessRequests.reopen(requestId);
    throw cause;
  }
}

/** By who asked. Throws `ProblemError`: `not-found` for others, `conflict` when it is answered. */
export async function withdrawAccessRequest(principal: Principal, requestId: string, now: Date): Promise<void> {
  const { accessRequests, audit } = await store();
  const { userId: actor, role } = principal;
  if ((await accessRequests.read(requestId))?.userId !== actor) throw new ProblemError("not-found");
  const answer = { state: "withdrawn", answer: "", answeredBy: actor, answeredAt: now } as const;
  if (!(await accessRequests.answer(requestId, answer))) throw closed();
  await audit.append({ actor, role, action: "access-request.withdraw", detail: { requestId } });
}

async function checkRole(wanted: string, held: readonly string[]): Promise<void> {
  const { document } = await policyInForce();
  if (held.includes(wanted)) {
    throw new ProblemError("bad-request", {
      field: "wanted",
      detail: "You have this role: switch in the account menu.",
    });
  }
  if (document.roles.some(({ name }) => name === wanted)) return;
  throw new ProblemError("bad-request", { field: "wanted", detail: "Expected a role of the policy in force." });
}

function refuseTokens({ via }: Principal): void {
  if (via === "token")
    throw new ProblemError("forbidden", { detail: "A person does this, signed in; a token cannot." });
}

function closed(): ProblemError {
  return new ProblemError("conflict", { detail: "It is answered or withdrawn already." });
}

function viewOf(request: StoredAccessRequest, { userId }: Principal): AccessRequestView {
  const { id, by, role, kind, wanted, reason, state, answer } = request;
  return {
    ...{ id, by, role, kind, wanted, reason, state, answer, mine: request.userId === userId },
    askedAt: request.askedAt.toISOString(),
    answeredAt: request.answeredAt?.toISOString() ?? null,
  };
}
