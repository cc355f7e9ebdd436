"use client";

/** A whole timeline as a document for paper or PDF: light, without controls, every page saying what it is part of. */
import { useQuery } from "@tanstack/react-query";
import { failureText } from "@/lib/client/call-api";
import { printedAnswerQuery } from "@/lib/client/printed-answer";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { Button } from "../ui/button";
import { PrintedTimeline } from "./printed-timeline";

export function PrintPage({ question }: { question: TimelineQuestion }) {
  const answer = useQuery(printedAnswerQuery(question));
  return (
    <div data-theme="light" className="min-h-dvh bg-bg text-text print:bg-transparent">
      <main className="mx-auto max-w-4xl px-6 py-6 print:max-w-none print:p-0">
        <p className="mb-6 flex flex-wrap items-center gap-3 print:hidden">
          <Button
            look="primary"
            disabled={!answer.data}
            onClick={() => {
              window.print();
            }}
          >
            Print or save as PDF
          </Button>
          <span className="text-small text-muted">
            Shows what your role may read, as it was answered just now. On record as an export.
          </span>
        </p>
        {answer.isPending && (
          <div role="status" aria-label="The timeline is being fetched" className="space-y-2">
            <div className="skeleton h-6 w-80" />
            <div className="skeleton h-4 w-full" />
            <div className="skeleton h-64 w-full" />
          </div>
        )}
        {answer.isError && (
          <div role="alert">
            <p className="mb-2">
              The timeline could not be fetched. This does not mean that nothing happened. {failureText(answer.error)}
            </p>
            <Button onClick={() => void answer.refetch()}>Ask again</Button>
          </div>
        )}
        {answer.data && <PrintedTimeline answer={answer.data} />}
      </main>
    </div>
  );
}
