/** Deciding about a rule, and what becomes of a decision. */
import "server-only";
import type { DecisionChange, DecisionView, NewDecision } from "@/lib/contract/review";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { redactDecision } from "@/lib/redact/redact-review";
import type { Redacted } from "@/lib/redact/redacted";
import type { RedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import type { StoredDecision } from "@/lib/store/review-repository";
import { decisionViews } from "./decision-views";
import { measuredMonth } from "./measured-month";
import { requireDecider } from "./review-reader";

/** These make a rule quieter: one that once mattered needs a second person for it. */
const LOOSENING = new Set(["tune", "route", "delete"]);

/** Throws `ProblemError`: `forbidden`, `conflict` for a signed month, `bad-request` naming the field. */
export async function decideAbout(
  principal: Principal,
  month: string,
  wish: NewDecision,
): Promise<Redacted<DecisionView>> {
  const { context } = await requireDecider(principal);
  const { reviews, audit } = await store();
  const now = new Date();
  if ((await reviews.find(month))?.state === "signed")
    throw new ProblemError("conflict", { detail: "This review is signed." });
  const measured = await measuredMonth(month, now);
  const line = measured.report.rules.find(({ rule }) => rule === wish.rule);
  if (!line)
    throw new ProblemError("bad-request", { field: "rule", detail: "Expected a rule that fired in this month." });
  if (wish.kind === "keep" && wish.owner === "") {
    throw new ProblemError("bad-request", {
      field: "owner",
      detail: "Expected an owner: a rule that nobody owns cannot be kept.",
    });
  }
  const needsSecond = await needsSecondPerson(wish);
  const { userId: actor, role, displayName } = principal;
  await audit.append({ actor, role, action: "review.decide", detail: { month, kind: wish.kind, needsSecond } });
  const decision = await reviews.decide({
    ...wish,
    month,
    ruleName: line.name,
    dueOn: new Date(`${wish.dueOn}T00:00:00Z`),
    state: needsSecond ? "unconfirmed" : "open",
    createdBy: actor,
    createdByName: displayName,
    createdAt: now,
  });
  if (!decision) throw new ProblemError("conflict", { detail: "This review is signed." });
  return only(decision, principal, context, now);
}

/** Throws `ProblemError`: `forbidden`, `not-found`, `conflict` when it was changed meanwhile or is in another state. */
export async function changeDecision(
  principal: Principal,
  id: string,
  { version, to }: DecisionChange,
): Promise<Redacted<DecisionView>> {
  const { context } = await requireDecider(principal);
  const { reviews, audit } = await store();
  const decision = await reviews.findDecision(id);
  if (!decision) throw new ProblemError("not-found");
  // What is allowed depends on what it is now, so that is what the change must be of.
  if (decision.version !== version) throw changedMeanwhile();
  const now = new Date();
  const change = await changeTo(to, decision, principal, now);
  const { userId: actor, role } = principal;
  await audit.append({ actor, role, action: `review.${to}`, detail: { month: decision.month, decisionId: id } });
  const changed = await reviews.changeDecision(id, version, change);
  if (!changed) throw changedMeanwhile();
  return only(changed, principal, context, now);
}

function changedMeanwhile(): ProblemError {
  return new ProblemError("conflict", { detail: "Somebody changed this decision in the meantime." });
}

async function needsSecondPerson({ kind, rule }: Pick<NewDecision, "kind" | "rule">): Promise<boolean> {
  return LOOSENING.has(kind) && (await store()).verdicts.everActionable(rule);
}

async function changeTo(to: DecisionChange["to"], decision: StoredDecision, principal: Principal, now: Date) {
  const { state, createdBy, secondBy } = decision;
  const wrong = new ProblemError("conflict", { detail: `A decision that is ${state} cannot be changed so.` });
  switch (to) {
    case "confirm":
      if (state !== "unconfirmed") throw wrong;
      if (createdBy === principal.userId) {
        throw new ProblemError("forbidden", { detail: "Somebody else than who decided has to confirm." });
      }
      return { state: "open", secondBy: principal.userId, secondByName: principal.displayName } as const;
    case "done":
      if (state !== "open") throw wrong;
      return { state: "done", doneAt: now } as const;
    case "drop":
      if (state === "done" || state === "dropped") throw wrong;
      return { state: "dropped" } as const;
    case "reopen":
      if (state !== "done" && state !== "dropped") throw wrong;
      // Also what needed nobody when it was made: the rule may have mattered since.
      if (secondBy === null && (await needsSecondPerson(decision)))
        return { state: "unconfirmed", doneAt: null } as const;
      return { state: "open", doneAt: null } as const;
  }
}

async function only(
  decision: StoredDecision,
  principal: Principal,
  context: RedactionContext,
  now: Date,
): Promise<Redacted<DecisionView>> {
  const { month } = decision;
  const look = { month, principal, mayDecide: true, now, measured: await measuredMonth(month, now) };
  const [view] = await decisionViews([decision], look);
  if (!view) throw new Error("a decision has a view");
  return redactDecision(view, context);
}
