/** An answer for tests of files and paper: say only what the test is about. */
import { aQueryView } from "./a-query-view";
import { anEventView } from "./an-event-view";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";

export function anAnswer(over: Partial<TimelineAnswer> = {}): TimelineAnswer {
  return {
    query: aQueryView({ role: "support", policyVersion: "v12", hidden: ["infrastructure", "secret"] }),
    completeness: {
      state: "partial",
      answered: 3,
      connected: 5,
      losses: 1,
      notes: 0,
      sentence: "Something may be missing.",
    },
    events: [anEventView({ id: "a" }), anEventView({ id: "b", outcome: "error", severity: "error", count: 2 })],
    parts: [anEventView({ id: "c", partOf: "b", part: "repeat" })],
    gaps: [{ source: "loki", reason: "timeout", detail: "Logs did not answer.", retryable: true, shown: 5 }],
    keys: [{ kind: "order", value: "48192", asked: true, followed: true, rows: 2, degree: 1 }],
    edges: [],
    services: [{ name: "order-service", audience: "product", rows: 2, errors: 1 }],
    calls: [],
    findings: [
      {
        kind: "first-symptom",
        level: "observed",
        sentence: "The order page failed.",
        events: ["b"],
        candidates: [],
        rejected: [],
        reach: [],
      },
    ],
    unlinks: [],
    reveals: [],
    metrics: [],
    sources: [],
    stats: { shown: 2, parts: 1, withheld: 0, records: 3, leftOut: 0, foreign: 0, complete: false, elapsedMs: 12 },
    ...over,
  };
}

/** The same text in every place that can hold text from outside. */
export function anAnswerSaying(text: string): TimelineAnswer {
  const answer = anAnswer();
  const said = (id: string) =>
    anEventView({
      id,
      title: text,
      sentence: text,
      text,
      service: text,
      environment: text,
      actor: { kind: "staff", name: text },
      keys: [{ kind: "order", value: text }],
      attributes: { [text]: { value: text, class: "workflow", treatment: "show" } },
      why: [{ key: `order:${text}`, keyKind: "order", rule: text, confidence: "exact", source: "loki" }],
    });
  const [finding] = answer.findings;
  if (!finding) throw new Error("the answer has a finding");
  const rejected = [{ event: "a", sentence: text, reason: text }];
  return {
    ...answer,
    query: { ...answer.query, keys: [`order:${text}`] },
    completeness: { ...answer.completeness, sentence: text },
    events: [said("a"), said("b")],
    parts: [{ ...said("c"), partOf: "b" }],
    gaps: [
      { source: "loki", sourceId: text, reason: "timeout", detail: text, retryable: true, service: text, keys: [text] },
    ],
    keys: [{ kind: "order", value: text, asked: true, followed: true, rows: 2, degree: 1 }],
    findings: [{ ...finding, sentence: text, service: text, rejected }],
  };
}
