/**
 * The lock behind the door: checks a finished row against what its role may ever receive, field by field. It shares no
 * code with the redactor, so a mistake there stops the row instead of leaking it.
 */
import type { EventView } from "@/lib/contract/event-view";
import type { RedactionContext } from "./redaction-context";

const FOR_ALL = [
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
  "withheld",
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

/** Throws when the view holds anything the role may not receive. The message names the field, never its value. */
export function verifyView(view: EventView, context: RedactionContext): void {
  const allowed = allowedFields(context);
  for (const field in view) if (!allowed.has(field)) refuse(field);
  const readsText = context.treat("text") === "scrub" || context.treat("text") === "show";
  if (!readsText && view.title !== view.sentence && view.kind !== "note" && !context.seesInfrastructure)
    refuse("title");
  if (!context.seesInfrastructure && view.links.length > 0) refuse("links");
  for (const path in view.attributes) {
    const attribute = view.attributes[path];
    if (!attribute) continue;
    const treatment = context.treat(attribute.class);
    if (treatment === "absent" || treatment === "template" || treatment !== attribute.treatment) refuse("attributes");
  }
  if (view.clock && (view.clock.host ?? view.clock.reference) !== undefined && !context.seesInfrastructure)
    refuse("clock");
  const readsCode = context.treat("code") === "scrub" || context.treat("code") === "show";
  for (const step of view.why) {
    if (step.query && !readsCode) refuse("why.query");
    if ((step.foundIn !== undefined || step.sourceId !== undefined) && !context.seesInfrastructure)
      refuse("why.foundIn");
    if (step.keyKind === "trace" && step.key !== undefined && context.treat("telemetry-id") !== "show")
      refuse("why.key");
  }
}

const remembered = new WeakMap<RedactionContext, ReadonlySet<string>>();

function allowedFields(context: RedactionContext): ReadonlySet<string> {
  let allowed = remembered.get(context);
  if (!allowed) {
    const reads = (fieldClass: "text" | "code" | "note") =>
      context.treat(fieldClass) === "scrub" || context.treat(fieldClass) === "show";
    allowed = new Set<string>([
      ...FOR_ALL,
      ...(context.seesInfrastructure ? FOR_INFRASTRUCTURE : []),
      ...(reads("text") || reads("code") || reads("note") ? ["text"] : []),
      ...(context.treat("telemetry-id") === "show" ? ["span"] : []),
    ]);
    remembered.set(context, allowed);
  }
  return allowed;
}

function refuse(field: string): never {
  throw new Error(`redaction check: the role may not receive "${field}"`);
}
