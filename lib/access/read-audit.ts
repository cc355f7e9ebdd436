/** The use cases behind `/api/v1/audit`: the trail page by page, and who was shown whose data. Each reading is recorded too. */
import "server-only";
import type { AuditChainView, AuditPageView, WhoSawView, WhoSawWish } from "@/lib/contract/audit";
import { parseAuditQuery, parseSpan, type AuditQueryProblem } from "@/lib/contract/audit-query";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { createRedactionContext, type RedactionContext } from "@/lib/redact/redaction-context";
import type { AuditDetail } from "@/lib/store/audit-entry";
import { store } from "@/lib/store/open-store";
import { freshTimelineDeps } from "@/lib/timeline/timeline-deps";
import { entryView, onlookerView } from "./audit-views";
import { chainFaultText } from "./chain-fault-text";
import { accessOf, requireAbility } from "./resolve-access";
import { isStandIn, subjectForms } from "./subject-forms";

const ENTRIES_PER_PAGE = 50;
const MAX_PEOPLE = 500;
const MAX_REASONS = 200;
/** Checked for every first page; the whole chain is the command's business. */
const CHECKED_ENTRIES = 1_000;

/** Throws `ProblemError`: `forbidden` for roles that may not read the trail, `bad-request` naming the field. */
export async function readAudit(principal: Principal, searchParams: URLSearchParams): Promise<AuditPageView> {
  await requireAbility(principal, "read-audit");
  const { subject, cursor, ...filter } = accepted(parseAuditQuery(searchParams, Date.now()));
  const reader = await readerOf(principal);
  const subjects = subject === undefined ? undefined : await formsOf(subject);
  const filters = [...searchParams.keys()].filter((name) => name !== "cursor");
  await recordReading(principal, reader, subjects, { filters });
  const { audit } = await store();
  const found = await audit.search({ ...filter, subjects }, ENTRIES_PER_PAGE + 1, cursor);
  const page = found.slice(0, ENTRIES_PER_PAGE);
  const names = await audit.namesOf(page.map(({ actor }) => actor));
  return {
    entries: page.map((entry) => entryView(entry, names, reader)),
    next: found.length > page.length ? String(page.at(-1)?.seq) : null,
    chain: cursor === undefined ? await chainState() : null,
  };
}

/** Throws as `readAudit`. */
export async function whoSaw(principal: Principal, { subject, ...span }: WhoSawWish): Promise<WhoSawView> {
  await requireAbility(principal, "read-audit");
  const { from, to } = accepted(parseSpan(span, Date.now()));
  const reader = await readerOf(principal);
  const subjects = await formsOf(subject);
  await recordReading(principal, reader, subjects, { question: "who-saw" });
  const { audit } = await store();
  const { people, total } = await audit.whoSaw(subjects, MAX_PEOPLE, { from, to });
  const actors = people.map(({ actor }) => actor);
  const incidents = people.flatMap((one) => one.incidents);
  const [names, reasons] = await Promise.all([
    audit.namesOf(actors),
    audit.reasonsOf(actors, incidents, MAX_REASONS + 1),
  ]);
  const listed = reasons.slice(0, MAX_REASONS);
  return {
    subject: writtenForm(subjects, reader),
    people: people.map((one) => onlookerView(one, listed, names, reader)),
    total,
    moreReasons: reasons.length > listed.length,
  };
}

async function chainState(): Promise<AuditChainView> {
  const { audit } = await store();
  const { start, entries, unchained, fault } = await audit.verify({ lastRows: CHECKED_ENTRIES });
  const [newest, oldest] = await Promise.all([audit.head(), audit.beginning()]);
  return {
    entries: Number(newest.seq - oldest.seq),
    head: newest.seq === 0n ? null : `${String(newest.seq)}:${newest.hash}`,
    ...{ verified: entries, unchained },
    fault: fault ? { kind: fault.kind, seq: String(fault.seq), text: chainFaultText(fault, start) } : null,
  };
}

async function formsOf(subject: string): Promise<readonly string[]> {
  const { reading } = await freshTimelineDeps();
  const forms = await subjectForms(subject, reading.keys, await store());
  if (forms) return forms;
  const detail = "Expected kind:value, such as order:48192, or a stand-in as it is shown.";
  throw new ProblemError("bad-request", { field: "subject", detail });
}

/** The name that gives away least: the id of something that is no person, or else a stand-in. */
function writtenForm(forms: readonly string[], { classOfKey }: RedactionContext): string {
  const isOpen = (form: string) => classOfKey(form.slice(0, form.indexOf(":"))) === "business-id";
  return forms.find((form) => isOpen(form) || isStandIn(form.slice(form.indexOf(":") + 1))) ?? "";
}

async function readerOf(principal: Principal): Promise<RedactionContext> {
  const { redaction } = await freshTimelineDeps();
  return createRedactionContext(redaction, await accessOf(principal, "", new Date()));
}

/** Before the answer, and in the words of the trail: not the value that was typed. */
async function recordReading(
  { userId: actor, role }: Principal,
  reader: RedactionContext,
  forms: readonly string[] | undefined,
  detail: AuditDetail,
): Promise<void> {
  const { audit } = await store();
  const subjects = forms ? [writtenForm(forms, reader)] : [];
  await audit.append({ actor, role, action: "audit.read", subjects, detail });
}

function accepted<Parsed extends object>(parsed: Parsed | AuditQueryProblem): Parsed {
  if ("detail" in parsed) throw new ProblemError("bad-request", parsed);
  return parsed;
}
