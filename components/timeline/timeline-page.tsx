"use client";

/** Mounts one view per question and per attempt: asking again starts from nothing, so nothing stale can stay. */
import { useState } from "react";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { TimelineView } from "./timeline-view";

export function TimelinePage({ question }: { question: TimelineQuestion }) {
  const [attempt, setAttempt] = useState(0);
  return (
    <TimelineView
      key={JSON.stringify([question, attempt])}
      question={question}
      onRetry={() => {
        setAttempt(attempt + 1);
      }}
    />
  );
}
