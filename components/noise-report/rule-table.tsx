"use client";

/** Rules by what their noise costs, with what speaks against each and a way to decide. */
import { useState } from "react";
import type { Figure, RuleLine } from "@/lib/contract/noise-report";
import { Button } from "../ui/button";
import { Table } from "../ui/table";
import { OpenCount } from "./open-count";
import { ShowAll } from "./show-all";
import {
  basisText,
  estimateText,
  isVolunteered,
  LINT_WORDS,
  minutesText,
} from "@/lib/contract/noise-charts/report-words";

const FIRST = 12;
const STANDINGS = { retire: "noise", trusted: "trusted", ask: "ask", "too-few": "–" } as const;

export function RuleTable({
  rules,
  decided,
  onOpen,
  onDecide,
}: {
  rules: readonly RuleLine[];
  /** Rules that this review has a decision for. */
  decided: ReadonlySet<string>;
  onOpen: (figure: Figure, title: string, group: string) => void;
  /** Null for those who may not decide. */
  onDecide: ((rule: RuleLine) => void) | null;
}) {
  const [all, setAll] = useState(false);
  const ranked = [...rules].sort((a, b) => b.noiseMinutes - a.noiseMinutes || (a.rule < b.rule ? -1 : 1));
  const shown = all ? ranked : ranked.slice(0, FIRST);
  const opening = (rule: RuleLine, figure: Figure, count: number) => (
    <OpenCount
      count={count}
      of={rule.name}
      onOpen={() => {
        onOpen(figure, `${rule.name}: ${figure}`, `rule:${rule.rule}`);
      }}
    />
  );
  if (ranked.length === 0) return <p className="text-muted">No rule fired in what your role may read.</p>;
  return (
    <>
      <Table
        label="Rules by cost of noise"
        columns={[
          "Rule",
          "Owner",
          "Noise",
          "Pages",
          "Wake-ups",
          "Worth paging (90 %)",
          "Weak labels",
          "Standing",
          "Against it",
          "",
        ]}
      >
        {shown.map((rule) => (
          <tr key={rule.rule} className="border-t border-line/60 align-top">
            <th scope="row" className="max-w-56 truncate py-1 pr-4 text-left font-normal" title={rule.name}>
              {rule.name}
              <span className="block truncate text-small text-muted">{rule.service}</span>
            </th>
            <td className="py-1 pr-4">
              {rule.owner === "" || rule.owner === "unknown" ? (
                <span className="text-warning">! nobody</span>
              ) : (
                rule.owner
              )}
            </td>
            <td className="py-1 pr-4 whitespace-nowrap">{minutesText(rule.noiseMinutes)}</td>
            <td className="py-1 pr-4">{opening(rule, "pages", rule.pages)}</td>
            <td className="py-1 pr-4">{opening(rule, "wake-ups", rule.wakeUps)}</td>
            <td className="py-1 pr-4">
              <span className="whitespace-nowrap" title={basisText(rule)}>
                {estimateText(rule.worthPaging, "share")}
                {isVolunteered(rule) && " *"}
              </span>
              <span className="sr-only">{basisText(rule)}</span>
            </td>
            <td className="py-1 pr-4 text-small">
              <WeakLabels weak={rule.weak} opening={(figure, count) => opening(rule, figure, count)} />
            </td>
            <td className="py-1 pr-4 whitespace-nowrap">{STANDINGS[rule.standing]}</td>
            <td className="py-1 pr-4 text-small text-muted">
              {rule.lint.map((word) => LINT_WORDS[word] ?? word).join(", ")}
            </td>
            <td className="py-1 text-right">
              {decided.has(rule.rule) ? (
                <span className="text-small text-good">✓ decided</span>
              ) : (
                onDecide && (
                  <Button
                    look="plain"
                    className="h-6 text-small print:hidden"
                    onClick={() => {
                      onDecide(rule);
                    }}
                  >
                    Decide<span className="sr-only"> about {rule.name}</span>
                  </Button>
                )
              )}
            </td>
          </tr>
        ))}
      </Table>
      {shown.some(isVolunteered) && (
        <p className="mt-1 text-small text-muted">* Only volunteers judged it: likely biased.</p>
      )}
      {ranked.length > FIRST && (
        <ShowAll
          shown={shown.length}
          of={ranked.length}
          isAll={all}
          onToggle={() => {
            setAll(!all);
          }}
        />
      )}
    </>
  );
}

/** Only those that there are: most rules have none. */
function WeakLabels({
  weak,
  opening,
}: {
  weak: RuleLine["weak"];
  opening: (figure: Figure, count: number) => React.ReactNode;
}) {
  if (weak === null) return <span className="text-muted">not measured then</span>;
  if (weak.actionable + weak.noise === 0) return <span className="text-muted">none</span>;
  return (
    <>
      {weak.actionable > 0 && (
        <span className="block whitespace-nowrap">{opening("weak-actionable", weak.actionable)} worth it</span>
      )}
      {weak.noise > 0 && <span className="block whitespace-nowrap">{opening("weak-noise", weak.noise)} noise</span>}
    </>
  );
}
