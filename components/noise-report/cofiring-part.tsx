"use client";

/** Rules that fire together: groups of them, and the pairs behind these. */
import { useState } from "react";
import { groupText, prepareCofiring } from "@/lib/contract/noise-charts/prepare-cofiring";
import { formatValue, secondsText } from "@/lib/contract/noise-charts/report-words";
import type { Figure, NoiseReport } from "@/lib/contract/noise-report";
import { Table } from "../ui/table";
import { OpenCount } from "./open-count";
import { ShowAll } from "./show-all";

const FIRST = 8;

export function CofiringPart({
  report,
  onOpen,
}: {
  report: NoiseReport;
  onOpen: (figure: Figure, title: string, group: string) => void;
}) {
  const [all, setAll] = useState(false);
  const { finding, pairs, groups, note } = prepareCofiring(report);
  if (pairs.length === 0) return <p className="text-muted">{finding}.</p>;
  const shown = all ? pairs : pairs.slice(0, FIRST);
  return (
    <>
      <Table
        label="Pairs of rules that fire together"
        columns={["First", "Then", "After", "Together", "By chance", "Of the rarer"]}
      >
        {shown.map((pair) => (
          <tr key={pair.key} className="border-t border-line/60">
            <th scope="row" className="max-w-56 truncate py-1 pr-4 text-left font-normal" title={pair.a}>
              {pair.a}
            </th>
            <td className="max-w-56 truncate pr-4" title={pair.b}>
              {pair.b}
            </td>
            <td className="pr-4 whitespace-nowrap">{secondsText(pair.lagSeconds)}</td>
            <td className="pr-4">
              <OpenCount
                count={pair.together}
                of={`${pair.a} with ${pair.b}`}
                onOpen={() => {
                  onOpen("together", `${pair.a} with ${pair.b}`, `pair:${pair.key}`);
                }}
              />
            </td>
            <td className="pr-4">{pair.expected < 0.1 ? "under 0.1" : formatValue(pair.expected, "times")}</td>
            <td className="pr-4">{formatValue(pair.share, "share")}</td>
          </tr>
        ))}
      </Table>
      {pairs.length > FIRST && (
        <ShowAll
          shown={shown.length}
          of={pairs.length}
          isAll={all}
          onToggle={() => {
            setAll(!all);
          }}
        />
      )}
      <h3 className="mt-2 font-strong">{finding}</h3>
      <p className="text-small text-muted">
        Rules of a group share more than half of their starts on average over all pairs of them; the first starts
        earliest. {note}
      </p>
      <ul className="mt-1 max-w-3xl text-small">
        {groups.map((group) => (
          <li key={groupText(group)} className="flex justify-between gap-3 border-t border-line/60 py-0.5">
            <span className="min-w-0 wrap-anywhere">{groupText(group)}</span>
            <span className="shrink-0 text-muted">{formatValue(group.share, "share")} shared</span>
          </li>
        ))}
      </ul>
    </>
  );
}
