/** How many clusters fell into slices of twelve hours on call. Pure. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { estimateText } from "./report-words";

export interface ShiftLoad {
  readonly finding: string;
  readonly bars: readonly { readonly clusters: number; readonly slices: number; readonly over: boolean }[];
  readonly slices: number;
  readonly target: number;
}

export function prepareShiftLoad({ slices, overTarget, most }: NoiseReport["shifts"], target: number): ShiftLoad {
  const counts = new Map(slices.map((one) => [one.clusters, one.slices]));
  const total = slices.reduce((sum, one) => sum + one.slices, 0);
  const bars = Array.from({ length: total === 0 ? 0 : most + 1 }, (_, clusters) => ({
    clusters,
    slices: counts.get(clusters) ?? 0,
    over: clusters > target,
  }));
  const finding =
    total === 0
      ? "Hours on call are not known"
      : overTarget.value === null
        ? `The busiest shift had ${String(most)} clusters`
        : `${estimateText(overTarget, "share")} of shifts had more than ${String(target)} clusters`;
  return { finding, bars, slices: total, target };
}
