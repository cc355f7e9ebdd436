/** The parameters of `GET /api/v1/audit`, read once for the API and the page. Pure. */
import { epochMs } from "@/lib/domain/epoch-ns";
import { parseInstant } from "./parse-instant";

export interface AuditQuery {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly incident?: string | undefined;
  /** As it was written. */
  readonly subject?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly cursor?: bigint | undefined;
}

export interface AuditQueryProblem {
  readonly field: string;
  readonly detail: string;
}

const NAMES = ["actor", "action", "incident", "subject", "from", "to", "cursor"] as const;
/** An action, or a whole area with its dot. */
const ACTION = /^[a-z][a-z0-9-]{0,39}\.(?:[a-z][a-z0-9-]{0,39})?$/;
const INCIDENT = /^[\w-]{16}$/;
const ACTOR = /^[\w-]{1,64}$/;

/** A parameter that is none is refused: a mistyped filter would otherwise answer with everything. */
export function parseAuditQuery(searchParams: URLSearchParams, now: number): AuditQuery | AuditQueryProblem {
  const unknown = [...searchParams.keys()].some((name) => !NAMES.some((known) => known === name));
  if (unknown) return { field: "query", detail: `Expected only ${NAMES.join(", ")}.` };
  const text = (name: (typeof NAMES)[number]) => searchParams.get(name)?.trim() || undefined;
  const [actor, action, incident, cursor] = [text("actor"), text("action"), text("incident"), text("cursor")];
  if (actor !== undefined && !ACTOR.test(actor)) return { field: "actor", detail: "Expected the id of a user." };
  if (action !== undefined && !ACTION.test(action)) {
    return { field: "action", detail: "Expected an action such as timeline.view, or an area such as timeline." };
  }
  if (incident !== undefined && !INCIDENT.test(incident)) {
    return { field: "incident", detail: "Expected an incident as an entry names it." };
  }
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) {
    return { field: "cursor", detail: "Expected `next` of an earlier answer." };
  }
  const span = parseSpan({ from: text("from"), to: text("to") }, now);
  if ("field" in span) return span;
  const before = cursor === undefined ? undefined : BigInt(cursor);
  return { actor, action, incident, subject: text("subject"), ...span, cursor: before };
}

/** `to` is not included. */
export function parseSpan(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: number,
): Pick<AuditQuery, "from" | "to"> | AuditQueryProblem {
  const ends = { from: instant(from, now), to: instant(to, now) };
  for (const field of ["from", "to"] as const) {
    if (ends[field] === null) {
      return { field, detail: "Expected an ISO 8601 time, epoch milliseconds, or an expression such as now-30d." };
    }
  }
  return { from: ends.from ?? undefined, to: ends.to ?? undefined };
}

function instant(text: string | undefined, now: number): Date | null | undefined {
  if (text === undefined) return undefined;
  const ns = parseInstant(text, now);
  return ns ? new Date(epochMs(ns)) : null;
}
