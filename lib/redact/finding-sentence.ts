/**
 * A finding as one plain sentence for one role: past tense, with how sure it is, and never "caused by". Roles that read
 * no text get display names and the approved sentences of rows.
 */
import type { Finding, Reach, RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import { serviceLabel, titleClassOf } from "./redact-row";
import type { RedactionContext } from "./redaction-context";
import { scrubText } from "./scrub-text";

const UNNAMED = "a service";

export function findingSentence(finding: Finding, context: RedactionContext): string {
  const [first] = finding.rows;
  if (!first) return "Inconclusive.";
  switch (finding.kind) {
    case "first-symptom":
      return rowWords(first, context);
    case "break-point":
      return breakPointSentence(finding, first, context);
    case "staff-impact": {
      const shared = finding.sharedKeyKind ? `same ${finding.sharedKeyKind}` : "same time only";
      return `${rowWords(first, context)} (${finding.level}: ${shared}, ${distance(finding)} before the failure)`;
    }
    case "recent-change": {
      const more = finding.rows.length > 1 ? `, and ${finding.rows.length - 1} more before it` : "";
      return `${rowWords(first, context)} (${distance(finding)} before the first symptom${more})`;
    }
    case "blast-radius":
      return `Touched ${listed(finding.reach.map(reachWords))}.`;
  }
}

/** What a row says: its scrubbed title to those who may read it, the approved sentence to everybody else. */
export function rowWords(row: TimelineRow, context: RedactionContext): string {
  if (!readsTitle(row, context)) return row.sentence;
  const service = serviceLabel(row.service, context);
  return `${service ? `${service} · ` : ""}${title(row, context)}`;
}

function breakPointSentence(finding: Finding, row: TimelineRow, context: RedactionContext): string {
  const [best] = finding.candidates;
  if (!best) return "It is not clear where it broke: nothing but the symptom is known.";
  const observations = best.evidence === 1 ? "1 observation" : `${best.evidence} observations`;
  const service = nameOf(finding.service ?? null, context);
  if (readsTitle(row, context)) {
    if (finding.peer) {
      const at = `at '${title(row, context)}' (${finding.level}: ${observations})`;
      return `${service} got no good answer from ${nameOf(finding.peer, context)} ${at}`;
    }
    const caller = finding.service && finding.service.name !== row.service?.name ? row.service : null;
    return `${service} ${deed(row, caller && nameOf(caller, context))} '${title(row, context)}' (${finding.level}: ${observations})`;
  }
  const the = service === UNNAMED ? service : `the ${service}`;
  if (finding.level === "inconclusive") {
    return `It is not clear where it broke; ${the} is one possibility (${observations}).`;
  }
  return `It most likely broke in ${the} (${observations}).`;
}

function deed({ event }: TimelineRow, caller: string | null): string {
  const isMessage = event.span?.spanKind === "consumer" || event.span?.spanKind === "producer";
  if (caller !== null)
    return event.outcome === "error" ? `gave ${caller} no good answer at` : `kept ${caller} waiting at`;
  if (event.outcome === "error") return "failed at";
  if (isMessage) return "left a message waiting at";
  return event.outcome === "warning" ? "refused at" : "was slow at";
}

function nameOf(service: RowService | null, context: RedactionContext): string {
  return serviceLabel(service, context) ?? UNNAMED;
}

function readsTitle(row: TimelineRow, context: RedactionContext): boolean {
  const treatment = context.treat(titleClassOf(row.event.kind));
  return treatment === "scrub" || treatment === "show";
}

function title(row: TimelineRow, context: RedactionContext): string {
  return scrubText(row.event.title, context.pseudonyms);
}

function reachWords({ kind, atLeast, atMost }: Reach): string {
  if (atMost === undefined) {
    return atLeast === 0 ? `an unknown number of ${kind}s` : `at least ${counted(atLeast, kind)}`;
  }
  if (atLeast === atMost) return counted(atMost, kind);
  return atLeast === 0 ? `up to ${counted(atMost, kind)}` : `${atLeast} to ${counted(atMost, kind)}`;
}

function counted(count: number, kind: string): string {
  return `${count} ${kind}${count === 1 ? "" : "s"}`;
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "nothing that is known";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

function distance({ beforeNs }: Finding): string {
  const ms = Number((beforeNs ?? 0n) / 1_000_000n);
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 120_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 120 * 60_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
