"use client";

/** Who called whom in this trace: by path as a tree, by service as sums. */
import clsx from "clsx";
import { useMemo, useState } from "react";
import { ToggleChip } from "../ui/toggle-chip";
import { formatMicros } from "./format-micros";
import type { PreparedTrace } from "./prepare-trace";
import { servicePath, serviceTotals, type ServiceHop, type ServiceTally } from "./service-path";

const MOST_INDENTS = 12;
/** More hops than a person reads; the rest is counted. */
const MOST_HOPS = 500;

export function ServicePathTable({ trace, onPick }: { trace: PreparedTrace; onPick: (node: number) => void }) {
  const [bySum, setBySum] = useState(false);
  const hops = useMemo(() => servicePath(trace.nodes), [trace]);
  const totals = useMemo(() => serviceTotals(hops), [hops]);
  const lines: readonly (ServiceHop | ServiceTally)[] = bySum ? totals : hops;
  const mostUs = lines.reduce((most, line) => Math.max(most, line.selfUs), 0);
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <div className="flex items-center gap-1 px-3 py-1 text-small">
        <ToggleChip
          on={!bySum}
          label="One line for each path of calls"
          onToggle={() => {
            setBySum(false);
          }}
        >
          by path
        </ToggleChip>
        <ToggleChip
          on={bySum}
          label="One line for each service"
          onToggle={() => {
            setBySum(true);
          }}
        >
          by service
        </ToggleChip>
      </div>
      <table className="w-full max-w-4xl text-small">
        <caption className="sr-only">
          {bySum ? "Services of this trace" : "Calls between the services of this trace"}
        </caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="px-3 py-1 text-left font-normal">
              Service
            </th>
            {["Calls", "Spans", "Failed", "Self time"].map((name) => (
              <th key={name} scope="col" className="px-2 py-1 text-right font-normal whitespace-nowrap">
                {name}
              </th>
            ))}
            <th scope="col" className="w-1/4 py-1 pr-3 text-left font-normal max-sm:hidden">
              <span className="sr-only">Share of self time</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, MOST_HOPS).map((line, at) => (
            <tr key={at} className="border-t border-line/60">
              <th scope="row" className="px-3 py-1 text-left font-normal">
                <HopName line={line} onPick={onPick} />
              </th>
              <td className="px-2 text-right font-mono">{line.calls.toLocaleString("en")}</td>
              <td className="px-2 text-right font-mono">{line.spans.toLocaleString("en")}</td>
              <td
                className={clsx(
                  "px-2 text-right font-mono whitespace-nowrap",
                  line.errors > 0 ? "text-error" : "text-muted",
                )}
              >
                {line.errors > 0 ? `✕ ${line.errors.toLocaleString("en")}` : "0"}
              </td>
              <td className="px-2 text-right font-mono whitespace-nowrap">{formatMicros(line.selfUs)}</td>
              <td className="pr-3 max-sm:hidden">
                <span
                  className="block h-2 min-w-px rounded-[2px] bg-bar"
                  style={{ width: `${String(mostUs > 0 ? (line.selfUs / mostUs) * 100 : 0)}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > MOST_HOPS && (
        <p className="px-3 py-1 text-small text-muted">
          {MOST_HOPS.toLocaleString("en")} of {lines.length.toLocaleString("en")} lines shown.
        </p>
      )}
    </div>
  );
}

function HopName({ line, onPick }: { line: ServiceHop | ServiceTally; onPick: (node: number) => void }) {
  const depth = "depth" in line ? line.depth : 0;
  return (
    <span className="flex items-center gap-1.5" style={{ paddingLeft: Math.min(depth, MOST_INDENTS) * 16 }}>
      {depth > 0 && (
        <span aria-hidden="true" className="text-muted">
          └
        </span>
      )}
      {"depth" in line && <span className="sr-only">level {depth + 1}: </span>}
      {"afterGap" in line && line.afterGap && (
        <span className="text-warning" title="Its caller is not in the evidence">
          ? →<span className="sr-only"> its caller is not in the evidence</span>
        </span>
      )}
      <button
        type="button"
        className="rounded text-left hover:underline"
        title="Show its first span"
        onClick={() => {
          onPick(line.firstNode);
        }}
      >
        {line.service ?? "no service named"}
      </button>
      {"asyncCalls" in line && line.asyncCalls > 0 && (
        <span
          className="rounded-[3px] border border-line-strong px-1 text-[10px] leading-[14px] text-muted"
          title="Calls whose caller did not wait"
        >
          {line.asyncCalls === line.calls ? "async" : `${line.asyncCalls.toLocaleString("en")} async`}
        </span>
      )}
    </span>
  );
}
