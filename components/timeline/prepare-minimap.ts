/** Rows to bars: how many per slice of time, by outcome, and where alerts and deploys stand. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import { msOfNs } from "@/lib/client/format-instant";
import { rowTimeNs, type TimeBasis } from "./row-time";

export interface MinimapBar {
  readonly error: number;
  readonly warning: number;
  readonly other: number;
}
export interface Minimap {
  readonly bars: readonly MinimapBar[];
  /** Records in the fullest slice; at least 1. */
  readonly highest: number;
  /** Fractions of the width, 0 to 1. */
  readonly alerts: readonly { readonly from: number; readonly to: number }[];
  readonly deploys: readonly number[];
}

/** Every record counts once: rows that stand for others are here beside them. */
export function prepareMinimap(
  rows: readonly EventView[],
  fromMs: number,
  toMs: number,
  slices: number,
  basis: TimeBasis,
): Minimap {
  const bars = Array.from({ length: slices }, () => ({ error: 0, warning: 0, other: 0 }));
  const alerts: { from: number; to: number }[] = [];
  const deploys: number[] = [];
  const spanMs = Math.max(1, toMs - fromMs);
  const share = (ms: number): number => Math.min(1, Math.max(0, (ms - fromMs) / spanMs));
  for (const row of rows) {
    const atMs = msOfNs(rowTimeNs(row, basis));
    const endMs = row.durationNs === undefined ? atMs : atMs + Number(BigInt(row.durationNs) / 1_000_000n);
    if (row.kind === "alert" && endMs >= fromMs && atMs < toMs) alerts.push({ from: share(atMs), to: share(endMs) });
    if (atMs < fromMs || atMs >= toMs) continue;
    if (row.kind === "deploy") deploys.push(share(atMs));
    const bar = bars[Math.min(slices - 1, Math.floor(share(atMs) * slices))];
    if (!bar) continue;
    if (row.outcome === "error") bar.error += 1;
    else if (row.outcome === "warning") bar.warning += 1;
    else bar.other += 1;
  }
  const highest = bars.reduce((most, bar) => Math.max(most, bar.error + bar.warning + bar.other), 1);
  return { bars, highest, alerts, deploys };
}
