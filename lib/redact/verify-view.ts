/**
 * The lock behind the door: checks a finished row against what its reader may ever receive, field by field. It shares no
 * code with the redactor but the decision table, so a mistake there stops the row instead of leaking it.
 */
import type { EventView } from "@/lib/contract/event-view";
import type { ClassTable } from "./class-table";
import type { RedactionContext } from "./redaction-context";
import type { ScopedRow } from "./row-access";

/** A row of which only the existence may be known has these and no others with content. */
const FOR_STUBS = [
  "id",
  "orderKey",
  "kind",
  "happenedAt",
  "happenedAtNs",
  "service",
  "environment",
  "actor",
  "severity",
  "outcome",
  "title",
  "sentence",
  "attributes",
  "keys",
  "source",
  "links",
  "why",
  "context",
  "seenIn",
  "count",
  "partOf",
  "part",
  "lastAt",
  "clock",
  "causal",
] as const;
const FOR_INFRASTRUCTURE = ["observedAt", "durationNs", "sourceId"] as const;

/** A finished row held something in `field` that its reader may not receive. Says nothing of what it was. */
export class ViewRefused extends Error {
  constructor(readonly field: string) {
    super(`redaction check: the reader may not receive "${field}"`);
  }
}

/** Throws `ViewRefused` when the view holds anything its reader may not receive. */
export function verifyView(view: EventView, row: ScopedRow, context: RedactionContext): void {
  const table = context.table(row.service);
  const access = context.rowAccess(row);
  if (access === "omit") refuse("row");
  const allowed = access === "stub" ? STUB_FIELDS : allowedFields(table);
  for (const field in view) if (!allowed.has(field)) refuse(field);
  if (access === "stub") verifyStub(view);
  verifyService(view, row, table);
  verifyActor(view, table);
  verifyWords(view, table);
  verifyAttributes(view, table);
  verifyWhy(view, table);
}

const STUB_FIELDS: ReadonlySet<string> = new Set(FOR_STUBS);

function verifyStub(view: EventView): void {
  if (view.title !== view.sentence) refuse("title");
  if (view.service !== null) refuse("service");
  if (view.environment !== null) refuse("environment");
  if (view.actor.name !== undefined) refuse("actor");
  if (Object.keys(view.attributes).length > 0) refuse("attributes");
  if (view.keys.length > 0) refuse("keys");
  if (view.links.length > 0) refuse("links");
  if ((view.clock?.host ?? view.clock?.reference) !== undefined) refuse("clock");
  if (view.why.some((step) => step.key ?? step.query ?? step.foundIn ?? step.sourceId)) refuse("why");
}

/** Names that only infrastructure tells, and any name at all outside what the reader's workflow facts reach. */
function verifyService({ service }: EventView, row: ScopedRow, table: ClassTable): void {
  if (service === null) return;
  if (table.treat("workflow") !== "show" && service !== "another service") refuse("service");
  const isRaw = row.service?.name === service && row.service.displayName !== service;
  if (isRaw && table.treat("infrastructure") !== "show") refuse("service");
}

function verifyActor({ actor }: EventView, table: ClassTable): void {
  if (actor.name !== undefined && table.treat("staff") !== "show" && table.treat("staff") !== "team") refuse("actor");
}

function verifyWords(view: EventView, table: ClassTable): void {
  const reads = (fieldClass: "text" | "code" | "note" | "infrastructure") =>
    table.treat(fieldClass) === "scrub" || table.treat(fieldClass) === "show";
  const readsTitles = reads("text") || reads("code") || reads("infrastructure");
  if (view.title !== view.sentence && !readsTitles && !(view.kind === "note" && reads("note"))) refuse("title");
  if (table.treat("infrastructure") === "show") return;
  if (view.links.length > 0) refuse("links");
  if (view.clock && (view.clock.host ?? view.clock.reference) !== undefined) refuse("clock");
}

function verifyAttributes(view: EventView, table: ClassTable): void {
  for (const path in view.attributes) {
    const attribute = view.attributes[path];
    if (!attribute) continue;
    const treatment = table.treat(attribute.class);
    if (treatment === "absent" || treatment === "template" || treatment !== attribute.treatment) refuse("attributes");
  }
}

function verifyWhy(view: EventView, table: ClassTable): void {
  const readsCode = table.treat("code") === "scrub" || table.treat("code") === "show";
  for (const step of view.why) {
    if (step.query && !readsCode) refuse("why.query");
    if ((step.foundIn ?? step.sourceId) !== undefined && table.treat("infrastructure") !== "show")
      refuse("why.foundIn");
    if (step.keyKind === "trace" && step.key !== undefined && !readsTrace(step.key, table)) refuse("why.key");
  }
}

/** Itself or its stand-in, which has a dot that no trace id has. */
function readsTrace(key: string, table: ClassTable): boolean {
  const treatment = table.treat("telemetry-id");
  if (treatment === "pseudonym" || treatment === "incident-pseudonym") return key.includes("·");
  return treatment === "show";
}

const remembered = new WeakMap<ClassTable, ReadonlySet<string>>();

function allowedFields(table: ClassTable): ReadonlySet<string> {
  let allowed = remembered.get(table);
  if (!allowed) {
    const reads = (fieldClass: "text" | "code" | "note") =>
      table.treat(fieldClass) === "scrub" || table.treat(fieldClass) === "show";
    allowed = new Set<string>([
      ...FOR_STUBS,
      ...(table.treat("infrastructure") === "show" ? FOR_INFRASTRUCTURE : []),
      ...(reads("text") || reads("code") || reads("note") ? ["text"] : []),
      ...(table.treat("telemetry-id") === "show" ? ["span"] : []),
    ]);
    remembered.set(table, allowed);
  }
  return allowed;
}

function refuse(field: string): never {
  throw new ViewRefused(field);
}
