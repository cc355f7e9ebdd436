"use client";

import { useQuery } from "@tanstack/react-query";
import { CallFailed } from "@/lib/client/call-api";
import { reviewQuery } from "@/lib/client/review";
import type { RuleLine } from "@/lib/contract/noise-report";
import { monthOf } from "@/lib/domain/month-bounds";

export interface MonthMeasure {
  /** `2026-11`. */
  readonly month: string;
  /** What the monthly review says of a rule; undefined while it is not known, or when the role may not read it. */
  /** Why no line is known; empty while it is asked for and when it is answered. */
  readonly why: string;
  readonly ruleLine: (rule: string) => RuleLine | undefined;
}

/**
 * Wake-ups and worth of rules, of the month in which a range ends: both take the shifts, clocks and votes of a whole month,
 * so no range of another length has them.
 */
export function useMonthMeasure(to: string): MonthMeasure {
  const month = monthOf(new Date(new Date(to).getTime() - 1));
  const { data, error } = useQuery({ ...reviewQuery(month), staleTime: 5 * 60_000, retry: false });
  const lines = new Map(data?.report.rules.map((line) => [line.rule, line]));
  const isDenied = error instanceof CallFailed && error.code === "forbidden";
  const why = error === null ? "" : isDenied ? "hidden for your role" : "could not be fetched";
  return { month, why, ruleLine: (rule) => lines.get(rule) };
}
