/** The monthly review as its page reads and changes it. */
import { queryOptions } from "@tanstack/react-query";
import {
  DecisionView,
  FigureRows,
  ReviewList,
  ReviewView,
  type DecisionChange,
  type NewDecision,
  type SignReview,
} from "@/lib/contract/review";
import type { Figure } from "@/lib/contract/noise-report";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/reports/noise";

export const reviewListQuery = queryOptions({
  queryKey: ["reviews"],
  queryFn: async ({ signal }) => ReviewList.parse(await callApi(PATH, { signal })),
});

export function reviewQuery(month: string) {
  return queryOptions({
    queryKey: ["review", month],
    queryFn: async ({ signal }) => ReviewView.parse(await callApi(`${PATH}/${month}`, { signal })),
    refetchOnWindowFocus: false,
  });
}

/** The rows behind a number. `group` narrows it to one value of a dimension, such as `rule:…`. */
export function figureRowsQuery(month: string, figure: Figure, group: string) {
  const question = new URLSearchParams({ figure, ...(group !== "" && { group }) });
  return queryOptions({
    queryKey: ["review-rows", month, figure, group],
    queryFn: async ({ signal }) => FigureRows.parse(await callApi(`${PATH}/${month}/rows?${question}`, { signal })),
  });
}

export async function decide(month: string, decision: NewDecision): Promise<DecisionView> {
  return DecisionView.parse(await callApi(`${PATH}/${month}/decisions`, jsonRequest("POST", decision)));
}

export async function changeDecision({ id, ...change }: DecisionChange & { id: string }): Promise<DecisionView> {
  return DecisionView.parse(await callApi(`${PATH}/decisions/${id}`, jsonRequest("PATCH", change)));
}

export async function signReview(month: string, signature: SignReview): Promise<void> {
  await callApi(`${PATH}/${month}/sign`, jsonRequest("POST", signature));
}

export async function saveSummary(month: string, summary: string, version: number): Promise<void> {
  await callApi(`${PATH}/${month}/summary`, jsonRequest("PUT", { summary, version }));
}

/** Where the files of a month are. */
export function reviewFile(month: string, format: "pdf" | "csv" | "md" | "json"): string {
  return `${PATH}/${month}.${format}`;
}
