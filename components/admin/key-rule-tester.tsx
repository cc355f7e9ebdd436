"use client";

/** Pasted lines and what the rule finds in them, as one types. */
import type { ReactNode } from "react";
import { MAX_TRIAL_LINES, type KeyRuleTrial } from "@/lib/contract/key-rule";
import { Button } from "../ui/button";
import { TriedLine } from "./tried-line";

export function KeyRuleTester({
  lines,
  onLines,
  trial,
  state,
  failure,
  onRetry,
}: {
  lines: string;
  onLines: (lines: string) => void;
  trial: KeyRuleTrial | undefined;
  /** `rule`: the rule is not complete, so there is nothing to try. */
  state: "loading" | "ready" | "failed" | "rule";
  failure: string | undefined;
  onRetry: () => void;
}) {
  const given = lines.split("\n");
  return (
    <section aria-label="Tester" className="min-w-0">
      <label>
        <span className="block text-section font-strong">Try it on lines</span>
        <textarea
          value={lines}
          rows={8}
          spellCheck={false}
          placeholder={'order #48192 saved\n{"msg":"saved","orderId":"ORD-048192"}'}
          className="block w-full rounded-md border border-line-strong bg-raised px-2 py-1 font-mono text-small"
          onChange={(event) => {
            onLines(event.target.value);
          }}
        />
      </label>
      <p className="text-small text-muted">
        Text, JSON or logfmt, at most {MAX_TRIAL_LINES} lines and 64 KiB. Nothing of it is stored.
      </p>
      <p role="status" className="mt-2 min-h-5">
        {statusText(state, lines, trial)}
      </p>
      {state === "failed" && (
        <p role="alert">
          {failure} <Button onClick={onRetry}>Try again</Button>
        </p>
      )}
      {state === "loading" && trial === undefined && <div className="skeleton h-24" />}
      {trial && trial.linesTried < trial.linesGiven && (
        <Partial>
          Tried {trial.linesTried} of {trial.linesGiven} lines: the time for one trial was over.
        </Partial>
      )}
      {trial && state !== "failed" && (
        <ol aria-label="Tried lines">
          {trial.lines.map((one) => (
            <TriedLine key={one.line} text={given[one.line - 1]?.replace(/\r$/, "") ?? ""} tried={one} />
          ))}
        </ol>
      )}
    </section>
  );
}

function statusText(state: string, lines: string, trial: KeyRuleTrial | undefined): string {
  if (state === "rule") return "Complete the rule to try it.";
  if (lines.trim() === "") return "Paste lines of your logs to see what this rule finds in them.";
  if (state === "failed") return "The lines could not be tried.";
  if (!trial) return "Trying";
  const finds = trial.lines.flatMap((one) => one.finds);
  const own = finds.filter((find) => find.draft).length;
  return `${String(own)} found by this rule, ${String(finds.length - own)} by others, in ${String(trial.lines.length)} lines.`;
}

function Partial({ children }: { children: ReactNode }) {
  return <p className="my-2 border-t-2 border-warning-line pt-1 text-small">! {children}</p>;
}
