/** One tried line: the marked text, then each find and each near miss in words. */
import clsx from "clsx";
import type { KeyRuleFind, KeyRuleMiss } from "@/lib/contract/key-rule";
import { prepareTrialLine, type TrialLine } from "./prepare-trial-line";

const MARKS = {
  draft: "bg-selected text-text underline decoration-2 decoration-accent",
  other: "bg-hover text-text underline decoration-dotted",
  miss: "bg-warning-soft text-text underline decoration-wavy decoration-warning-line",
} as const;

export function TriedLine({ text, tried }: { text: string; tried: TrialLine }) {
  return (
    <li className="border-t border-line py-1.5 text-small">
      <div className="flex gap-2">
        <span className="w-6 shrink-0 text-right text-muted">{tried.line}</span>
        <code className="min-w-0 font-mono break-all whitespace-pre-wrap">
          {prepareTrialLine(text, tried).map(({ text: part, mark }, at) =>
            mark === null ? (
              <span key={at}>{part}</span>
            ) : (
              <mark key={at} className={clsx("rounded-sm", MARKS[mark])}>
                {part}
              </mark>
            ),
          )}
        </code>
      </div>
      <ul className="pl-8">
        {tried.finds.map((find, at) => (
          <Find key={at} find={find} />
        ))}
        {tried.misses.map((miss, at) => (
          <Miss key={at} miss={miss} />
        ))}
        {tried.finds.length + tried.misses.length === 0 && (
          <li className="text-muted">No rule looks at anything in this line.</li>
        )}
        {tried.note !== null && <li className="text-warning">! {tried.note}</li>}
      </ul>
    </li>
  );
}

function Find({ find }: { find: KeyRuleFind }) {
  return (
    <li className={find.draft ? "" : "text-muted"}>
      {find.draft ? "✓" : "·"}{" "}
      <span className="font-mono">
        {find.kind}:{find.value}
      </span>{" "}
      {find.raw !== find.value && <>from {find.raw} </>}
      {placeText(find.at)}, rule “{find.rule}”{find.draft && " (this one)"}
    </li>
  );
}

function Miss({ miss }: { miss: KeyRuleMiss }) {
  return (
    <li className="text-warning">
      ! <span className="font-mono">{miss.raw}</span>
      {miss.raw !== miss.value && <> (as {miss.value})</>} {placeText(miss.at)} was not taken: {miss.reason}
    </li>
  );
}

function placeText(at: string): string {
  return at === "text" ? "in text" : `in field ${at}`;
}
