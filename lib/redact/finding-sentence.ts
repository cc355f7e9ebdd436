/**
 * A finding as one plain sentence for one role: past tense, with how sure it is, and never "caused by". Roles that read
 * no text get display names and the approved sentences of rows.
 */
import type { Finding, Reach, RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import { sentenceOf, serviceLabel, readsTitle } from "./redact-row";
import type { RedactionContext } from "./redaction-context";

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
  if (!readsTitleOf(row, context)) return sentenceOf(row, context);
  const service = serviceLabel(row.service, context);
  return `${service ? `${service} · ` : ""}${title(row, context)}`;
}

function breakPointSentence(finding: Finding, row: TimelineRow, context: RedactionContext): string {
  const [best] = finding.candidates;
  if (!best) return "It is not clear where it broke: nothing but the symptom is known.";
  const observations = best.evidence === 1 ? "1 observation" : `${best.evidence} observations`;
  const service = nameOf(finding.service ?? null, context);
  if (readsTitleOf(row, context)) {
    return `${service} ${deed(finding, row, context)} '${title(row, context)}' (${finding.level}: ${observations})`;
  }
  const the = service === UNNAMED ? service : `the ${service}`;
  if (finding.level === "inconclusive") {
    return `It is not clear where it broke; ${the} is one possibility (${observations}).`;
  }
  if (finding.manner === "refused") return `It was most likely refused by ${the} (${observations}).`;
  return `It most likely broke in ${the} (${observations}).`;
}

function deed({ manner, peer, service }: Finding, row: TimelineRow, context: RedactionContext): string {
  const other = peer && nameOf(peer, context);
  const caller = service && row.service && service.name !== row.service.name ? nameOf(row.service, context) : undefined;
  switch (manner) {
    case "refused":
      return other === undefined ? "refused at" : `was refused by ${other} at`;
    case "slow":
      return other === undefined ? "was slow at" : `waited too long for ${other} at`;
    case "no-answer":
      if (other !== undefined) return `got no good answer from ${other} at`;
      return caller === undefined ? "got no good answer at" : `gave ${caller} no good answer at`;
    case "waited":
      return "let a message wait before";
    case "failed-itself":
      return "failed at";
    default:
      return "reported";
  }
}

function nameOf(service: RowService | null, context: RedactionContext): string {
  return serviceLabel(service, context) ?? UNNAMED;
}

function readsTitleOf(row: TimelineRow, context: RedactionContext): boolean {
  return readsTitle(row.event.kind, context.table(row.service));
}

function title(row: TimelineRow, context: RedactionContext): string {
  return context.scrub(row.event.title);
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
