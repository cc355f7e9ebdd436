/** The support block, from the answer alone: findings, keys, services and gaps. Nothing is invented. Pure. */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { FindingView } from "@/lib/contract/timeline-answer";
import { gapSentence } from "./gap-wording";

export interface StoryLine {
  readonly text: string;
  /** Row to open, when the line is about one. */
  readonly eventId?: string;
  /** How sure the finding is. */
  readonly level?: "observed" | "likely" | "inconclusive";
}
export interface Story {
  readonly happened: readonly StoryLine[];
  readonly affected: readonly StoryLine[];
  readonly notKnown: readonly StoryLine[];
}

type Answer = Pick<TimelineSnapshot, "findings" | "keys" | "services" | "gaps" | "stats">;

export function buildStory(answer: Answer): Story {
  const [reach, deeds] = split(answer.findings);
  const services = answer.services
    .filter((service) => service.errors > 0)
    .map((service) => ({
      text: `${service.name}: ${plural(service.errors, "error")} in ${plural(service.rows, "row")}`,
    }));
  return {
    happened: deeds.map((finding) => lineOf(finding, `${LEAD_INS[finding.kind]}${finding.sentence}`)),
    affected: [...reach.map((finding) => lineOf(finding, finding.sentence)), ...affectedKeys(answer), ...services],
    notKnown: notKnown(answer),
  };
}

/** The sentences of findings are plain already; these words say what they are about. */
const LEAD_INS: Record<FindingView["kind"], string> = {
  "first-symptom": "",
  "break-point": "",
  "staff-impact": "Before it: ",
  "recent-change": "Changed shortly before: ",
  "blast-radius": "",
};

function split(findings: readonly FindingView[]): [reach: FindingView[], others: FindingView[]] {
  const isReach = ({ kind }: FindingView): boolean => kind === "blast-radius";
  return [findings.filter(isReach), findings.filter((finding) => !isReach(finding))];
}

function lineOf({ level, events: [eventId] }: FindingView, text: string): StoryLine {
  return { text, level, ...(eventId === undefined ? {} : { eventId }) };
}

function affectedKeys(answer: Answer): StoryLine[] {
  // A key that was seen but not followed proves nothing about whom it affected.
  const business = answer.keys.filter(
    (key) => key.followed && key.kind !== "trace" && key.kind !== "request" && key.kind !== "session",
  );
  return business.map((key) => ({ text: `${key.kind} ${key.value} (${plural(key.rows, "row")})` }));
}

function notKnown(answer: Answer): StoryLine[] {
  const lines = new Set(answer.gaps.map(gapSentence));
  const withheld = answer.stats?.withheld ?? 0;
  if (withheld > 0) lines.add(`Details of ${plural(withheld, "row")} are not shared with your role.`);
  return [...lines].map((text) => ({ text }));
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
