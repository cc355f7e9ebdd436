/** Times when customers were hit, as the review's page lists and records them. */
import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { ImpactView, type NewImpact } from "@/lib/contract/review";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/reports/noise/impacts";
const Impacts = z.strictObject({ impacts: z.array(ImpactView) });

export function impactsQuery(month: string) {
  return queryOptions({
    queryKey: ["impacts", month],
    queryFn: async ({ signal }) => Impacts.parse(await callApi(`${PATH}?month=${month}`, { signal })).impacts,
  });
}

export async function recordImpact(impact: NewImpact): Promise<ImpactView> {
  return ImpactView.parse(await callApi(PATH, jsonRequest("POST", impact)));
}

export async function removeImpact(id: string): Promise<void> {
  await callApi(`${PATH}/${id}`, { method: "DELETE" });
}
