/** The API's own answer as a file, with when and under which policy it was made. Pure. */
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { ExportNote } from "./export-note";

/** The same answer is the same text, whatever order its parts were put together in. */
export function exportJson(answer: TimelineAnswer, { exportedAt, audience }: ExportNote): string {
  const made = { exportedAt: exportedAt.toISOString(), policy: answer.query.policyVersion };
  const document = { ...made, ...(audience !== undefined && { audience }), ...inOrder(answer) };
  return `${JSON.stringify(document, sorted, 2)}\n`;
}

function inOrder(answer: TimelineAnswer): TimelineAnswer {
  const { query, completeness, events, parts, gaps, keys, edges, services, calls, findings, unlinks, reveals } = answer;
  const { metrics, sources, stats } = answer;
  const seen = { query, completeness, events, parts, gaps, keys, edges, services, calls, findings, unlinks, reveals };
  return { ...seen, metrics, sources, stats };
}

/** Below the top, names in alphabetical order. */
function sorted(name: string, value: unknown): unknown {
  if (name === "" || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
