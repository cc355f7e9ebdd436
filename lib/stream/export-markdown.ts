/** A timeline as Markdown, for chats and tickets. Made from the answer alone, so it holds nothing that the answer does not. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import { gapTitle } from "@/lib/contract/gap-title";
import type { FindingView, GapView, KeyView, TimelineAnswer } from "@/lib/contract/timeline-answer";
import { isLoss } from "@/lib/domain/evidence-gap";
import { readerWords, type ExportNote } from "./export-note";
import { plainMarkdown as plain } from "./plain-markdown";
import { ACTOR_MARK, clockSign, OUTCOME_MARK, shownTime, utcSecond } from "./row-marks";

const LEGEND =
  "Times are UTC. ● customer, ◆ staff, ■ service, ▲ job, ○ system; ✕ error, ! warning; ┄ same service and time, not " +
  "joined by an id; △ time put right for a wrong clock, ? clock wrong and not put right.";

const FINDING_NAMES: Record<FindingView["kind"], string> = {
  "first-symptom": "First symptom",
  "break-point": "Break point",
  "staff-impact": "Preceded by",
  "recent-change": "Recent change",
  "blast-radius": "Reach",
};

export function exportMarkdown(answer: TimelineAnswer, made: ExportNote): string {
  const sections = [
    head(answer, made),
    completeness(answer),
    section("Findings", answer.findings.flatMap(findingLines)),
    rows(answer),
    section("Ids", answer.keys.map(keyLine)),
    section("Not shared with its readers", hiddenLines(answer)),
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

function head({ query }: TimelineAnswer, { exportedAt, audience }: ExportNote): string {
  const { from, to } = query;
  return [
    `# Timeline of ${query.keys.map((key) => plain(key.replace(":", " "))).join(", ")}`,
    "",
    `- Window: ${utcSecond(from)} to ${utcSecond(to)}`,
    `- ${plain(readerWords(query, audience))}`,
    `- Exported ${utcSecond(exportedAt.toISOString())}`,
  ].join("\n");
}

function completeness({ completeness: state, gaps }: TimelineAnswer): string {
  const verdict = state.state === "complete" ? "Complete." : "Not complete.";
  const lines = [
    `## ${verdict}`,
    "",
    `${String(state.answered)} of ${String(state.connected)} sources answered in full. ${plain(state.sentence)}`,
  ];
  if (gaps.length > 0) lines.push("");
  for (const gap of gaps.filter(isLoss)) lines.push(gapLine("May be missing", gap));
  for (const gap of gaps.filter((one) => !isLoss(one))) lines.push(gapLine("Good to know", gap));
  return lines.join("\n");
}

function gapLine(lead: string, gap: GapView): string {
  const title = gap.reason === "not-permitted" ? "Hidden for the role" : gapTitle(gap.reason);
  const about = [gap.sourceId ?? gap.source, gap.service, ...(gap.keys ?? [])].filter((part) => part !== undefined);
  const range = gap.window ? `, ${utcSecond(gap.window.from)} to ${utcSecond(gap.window.to)}` : "";
  return `- ${lead}: ${[title, ...about.map(plain)].join(", ")}: ${plain(gap.detail)}${countWords(gap)}${range}`;
}

function countWords({ shown, total }: GapView): string {
  if (shown === undefined && total === undefined) return "";
  return ` (${shown === undefined ? "unknown" : String(shown)} of ${total === undefined ? "unknown" : String(total)})`;
}

function findingLines({ kind, level, sentence, rejected }: FindingView): string[] {
  return [
    `- ${FINDING_NAMES[kind]} (${level}): ${plain(sentence)}`,
    ...rejected.map((other) => `  - not: ${plain(other.sentence)} (${plain(other.reason)})`),
  ];
}

function rows({ events, stats }: TimelineAnswer): string {
  const lines = [
    "## Rows",
    "",
    `${String(stats.shown)} rows and ${String(stats.parts)} further records behind them, of ${String(stats.records)} ` +
      `records; ${String(stats.leftOut)} left out, ${String(stats.foreign)} of them of other orders or accounts.`,
    events.length === 0 ? "No row." : LEGEND,
  ];
  let day = "";
  for (const event of events) {
    const time = shownTime(event);
    if (time.slice(0, 10) !== day) {
      day = time.slice(0, 10);
      lines.push("", `### ${day}`, "");
    }
    lines.push(rowLine(event, time));
  }
  return lines.join("\n");
}

function rowLine(event: EventView, time: string): string {
  const marks = [event.context ? "┄" : "", ACTOR_MARK[event.actor.kind], OUTCOME_MARK[event.outcome]];
  const who = [event.service, event.actor.name].flatMap((name) => (name ? [plain(name)] : [])).join(", ");
  const until = event.lastAt === undefined ? "" : ` until ${event.lastAt.slice(11, 23)}`;
  const count = event.count > 1 ? ` ×${String(event.count)}${until}` : "";
  const lead = [`${time.slice(11, 23)}${clockSign(event)}`, ...marks, who].filter((part) => part !== "").join(" ");
  return `- ${lead}: ${plain(event.title)}${count}`;
}

function keyLine(key: KeyView): string {
  const notes = [
    key.asked ? "asked" : key.followed ? "followed" : "seen, not followed",
    `${String(key.rows)} rows`,
    ...(key.pseudonym ? ["a stand-in"] : []),
  ];
  return `- ${plain(key.kind)} ${plain(key.value)} (${notes.join(", ")})`;
}

/** By the policy, not by what a record held: the number of hidden values would tell about them. */
function hiddenLines({ stats, query }: TimelineAnswer): string[] {
  const rowsHidden = stats.withheld > 0 ? [`- Details of ${String(stats.withheld)} rows`] : [];
  return [...rowsHidden, ...query.hidden.map((fieldClass) => `- Values of class ${plain(fieldClass)}`)];
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`## ${title}`, "", ...lines].join("\n");
}
