"use client";

/** This run beside healthy ones: how they were picked, then one line per step that differs, the most telling first. */
import { useQuery } from "@tanstack/react-query";
import { comparisonQuery } from "@/lib/client/comparison";
import { formatDuration } from "@/lib/client/format-duration";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import type { ComparedStepView, ComparisonView } from "@/lib/contract/comparison-view";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";

export function ComparisonPanel({
  question,
  trace,
  onOpen,
}: {
  question: TimelineQuestion;
  /** The run to compare; without it the one at the likely break point. */
  trace?: string;
  onOpen: (id: string) => void;
}) {
  const { data, error, refetch } = useQuery(comparisonQuery(question, trace));
  return (
    <section aria-label="Compare with a healthy run" className="px-3 py-2">
      {error ? (
        <p role="alert" className="flex items-center gap-3">
          The runs could not be compared ({error.message}).
          <Button look="plain" className="h-6 text-small" onClick={() => void refetch()}>
            <Icon name="retry" /> Ask again
          </Button>
        </p>
      ) : data ? (
        <Comparison comparison={data} onOpen={onOpen} />
      ) : (
        <p className="text-muted">Looking for healthy runs of this workflow …</p>
      )}
    </section>
  );
}

function Comparison({ comparison, onOpen }: { comparison: ComparisonView; onOpen: (id: string) => void }) {
  const { state, sentence, partialSentence, differences, same, more } = comparison;
  return (
    <>
      <p>{sentence}</p>
      {partialSentence !== undefined && <p className="border-l-2 border-l-warning-line pl-2">{partialSentence}</p>}
      {state === "compared" && differences.length === 0 && <p>No step differs; {same} steps are the same.</p>}
      {differences.length > 0 && (
        <table className="mt-2 w-full text-left">
          <thead className="text-small text-muted">
            <tr>
              <th scope="col">Step</th>
              <th scope="col">This run</th>
              <th scope="col">Healthy run</th>
              <th scope="col">Difference</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((step, at) => (
              <Step key={`${String(at)}${step.event ?? ""}`} step={step} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      )}
      {differences.length > 0 && (
        <p className="text-small text-muted">
          {same} steps are the same{more > 0 && `, ${String(more)} more differences are not listed`}.
        </p>
      )}
    </>
  );
}

function Step({ step, onOpen }: { step: ComparedStepView; onOpen: (id: string) => void }) {
  const name = [step.service ?? "a service", step.operation].filter((part) => part !== undefined).join(" · ");
  const { event } = step;
  return (
    <tr className="border-t border-line align-baseline">
      <th scope="row" className="py-0.5 pr-3 font-normal">
        {event === undefined ? (
          name
        ) : (
          <button
            type="button"
            className="text-left hover:underline"
            onClick={() => {
              onOpen(event);
            }}
          >
            {name}
          </button>
        )}
      </th>
      <td className="pr-3 tabular-nums">{sideText(step, "here")}</td>
      <td className="pr-3 tabular-nums">{sideText(step, "healthy")}</td>
      <td>{differenceText(step)}</td>
    </tr>
  );
}

function sideText(step: ComparedStepView, side: "here" | "healthy"): string {
  if (step.difference === (side === "here" ? "missing" : "extra")) return "not there";
  const ns = side === "here" ? step.hereNs : step.healthyNs;
  const values = step.changes.map((change) => `${change.path} ${String(change[side] ?? "not set")}`);
  return [...(ns === undefined ? [] : [formatDuration(ns)]), ...values].join(", ") || "there";
}

function differenceText({ difference, steps, uncertain, hereNs, healthyNs }: ComparedStepView): string {
  const below = steps > 1 ? ` with ${String(steps - 1)} below` : "";
  const doubt = uncertain ? ", or not recorded" : "";
  if (difference === "missing" || difference === "extra") return `${difference}${below}${doubt}`;
  if (difference === "changed" || hereNs === undefined || healthyNs === undefined) return difference;
  return `slower by ${formatDuration(BigInt(hereNs) - BigInt(healthyNs))}`;
}
