/** A timeline as plain text: one line per row, findings above, gaps and counts below. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";

const LETTER = { loki: "L", tempo: "T", prometheus: "M", alertmanager: "A", sentry: "S" } as const;
const ACTOR = { customer: "●", staff: "◆", service: "■", job: "▲", system: "○" } as const;
const OUTCOME = { error: "✕", warning: "!", ok: " ", unknown: " " } as const;
const RED = "\u001b[31m";
const DIM = "\u001b[2m";
const RESET = "\u001b[0m";

/** `colour`: whether the terminal understands it; no meaning is carried by colour alone. */
export function printTimeline(answer: TimelineAnswer, colour: boolean): string {
  const { query, events, gaps, findings, stats } = answer;
  const lines = [
    `${query.keys.join(", ")} · ${query.from.slice(0, 19)} – ${query.to.slice(0, 19)} UTC · as ${query.role}`,
    ...findings.map(({ kind, level, sentence }) => `${kind.replace("-", " ")}: ${oneLine(sentence)} [${level}]`),
    "",
    ...events.map((event) => paint(eventLine(event), event, colour)),
    "",
    `${String(stats.shown)} rows from ${String(stats.records)} records, ${String(stats.withheld)} withheld, ` +
      `${String(stats.foreign)} of others left out, ${stats.complete ? "complete" : "NOT complete"}`,
    ...gaps.map((gap) => `gap: ${gap.sourceId ?? gap.source ?? "-"} ${gap.reason}: ${gap.detail}${countOf(gap)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function eventLine(event: EventView): string {
  const letters = event.seenIn.map((kind) => LETTER[kind]).join("");
  const indent = event.context ? "┄ " : "";
  const service = (event.service ?? "-").padEnd(16);
  const why = event.why.at(-1);
  const reason = why ? `  (${why.key ?? why.keyKind}, ${why.rule})` : "";
  return `${event.happenedAt.slice(11, 23)} ${OUTCOME[event.outcome]} ${ACTOR[event.actor.kind]} ${letters.padEnd(3)} ${indent}${service} ${oneLine(event.title)}${reason}`;
}

function paint(line: string, event: EventView, colour: boolean): string {
  if (!colour) return line;
  if (event.outcome === "error") return `${RED}${line}${RESET}`;
  return event.context ? `${DIM}${line}${RESET}` : line;
}

function countOf({ shown, total }: { shown?: number | undefined; total?: number | undefined }): string {
  if (shown === undefined) return "";
  return ` (${String(shown)} of ${total === undefined ? "unknown" : String(total)})`;
}

/** Hostile text could move the cursor or retitle the terminal: control characters become spaces. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ").slice(0, 240);
}
