/** A timeline as plain text: one line per row, findings above, gaps and counts below. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import type { FindingView, GapView, TimelineAnswer } from "@/lib/contract/timeline-answer";

const LETTER = { loki: "L", tempo: "T", prometheus: "M", alertmanager: "A", sentry: "S" } as const;
const ACTOR = { customer: "●", staff: "◆", service: "■", job: "▲", system: "○" } as const;
const OUTCOME = { error: "✕", warning: "!", ok: " ", unknown: " " } as const;
const RED = "\u001b[31m";
const DIM = "\u001b[2m";
const RESET = "\u001b[0m";

/** `colour`: whether the terminal understands it; no meaning is carried by colour alone. */
export function printTimeline(answer: TimelineAnswer, colour: boolean): string {
  const { query, events, gaps, findings, stats, completeness } = answer;
  const lines = [
    `${query.keys.join(", ")} · ${query.from.slice(0, 19)} – ${query.to.slice(0, 19)} UTC · as ${query.role}`,
    ...findings.flatMap(findingLines),
    "",
    ...events.map((event) => paint(eventLine(event), event, colour)),
    "",
    `${String(stats.shown)} rows and ${String(stats.parts)} parts of ${String(stats.records)} records; ` +
      `${String(stats.leftOut)} left out, ${String(stats.foreign)} of them others'; ${String(stats.withheld)} withheld`,
    `${completeness.state === "complete" ? "COMPLETE" : "NOT COMPLETE"}: ${completeness.sentence} ` +
      `${String(completeness.answered)} of ${String(completeness.connected)} sources answered in full.`,
    ...gaps.map(gapLine),
  ];
  return `${lines.join("\n")}\n`;
}

function findingLines({ kind, level, sentence, rejected }: FindingView): string[] {
  return [
    `${kind.replace("-", " ")}: ${oneLine(sentence)} [${level}]`,
    ...rejected.map((other) => `  not ${oneLine(other.sentence)}: ${other.reason}`),
  ];
}

function gapLine(gap: GapView): string {
  const about = [gap.sourceId ?? gap.source, gap.service].filter((part) => part !== undefined).join(" ");
  const rest = gap.continuation === undefined ? "" : ` --continue ${gap.continuation} fetches the rest.`;
  return `gap: ${about === "" ? "-" : about} ${gap.reason}: ${gap.detail}${countOf(gap)}${rest}`;
}

function eventLine(event: EventView): string {
  const letters = event.seenIn.map((kind) => LETTER[kind]).join("");
  const indent = event.context ? "┄ " : "";
  const service = (event.service ?? "-").padEnd(16);
  const why = event.why.at(-1);
  const reason = why ? `  (${why.key ?? why.keyKind}, ${why.rule})` : "";
  const at = (event.clock?.correctedAt ?? event.happenedAt).slice(11, 23);
  const clock = event.clock ? (event.clock.state === "corrected" ? "△" : "?") : " ";
  const count = event.count > 1 ? ` ×${String(event.count)}` : "";
  return `${at}${clock}${OUTCOME[event.outcome]} ${ACTOR[event.actor.kind]} ${letters.padEnd(3)} ${indent}${service} ${oneLine(event.title)}${count}${reason}`;
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
