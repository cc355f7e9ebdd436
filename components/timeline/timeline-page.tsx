"use client";

/** Mounts one view per question and per attempt; the answer before it stays on screen until the new one is whole. */
import { useState } from "react";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { AnswerMemory } from "./answer-memory";
import { TimelineView } from "./timeline-view";

export function TimelinePage({ question }: { question: TimelineQuestion }) {
  const [attempt, setAttempt] = useState(0);
  const [memory] = useState(() => new AnswerMemory());
  const ask = (): void => {
    setAttempt(attempt + 1);
  };
  return (
    <TimelineView
      key={JSON.stringify([question, attempt])}
      question={question}
      memory={memory}
      onRetry={ask}
      onStandingChanged={() => {
        memory.forget();
        ask();
      }}
    />
  );
}
