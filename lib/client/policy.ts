/** The policy as its page reads, checks, previews and publishes it. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  PolicyCheck,
  PolicyVersionDocument,
  PolicyVersionView,
  PolicyView,
  type NewPolicy,
  type PolicyPreviewWish,
} from "@/lib/contract/policy";
import { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { PolicyDocument } from "@/lib/domain/policy";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/policy";

export const policyQuery = queryOptions({
  queryKey: ["policy"],
  queryFn: async ({ signal }) => PolicyView.parse(await callApi(PATH, { signal })),
  // What is being edited is not exchanged behind the editor's back.
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
});

/** Problems, tests and changes of a draft. `inForce` is the hash it is compared with. */
export function policyCheckQuery(document: PolicyDocument, inForce: string) {
  return queryOptions({
    queryKey: ["policy-check", inForce, document],
    queryFn: async ({ signal }) =>
      PolicyCheck.parse(await callApi(`${PATH}/check`, { ...jsonRequest("POST", { document }), signal })),
    placeholderData: keepPreviousData,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Undefined: nothing was asked yet. Covered values are kept no longer than they are shown. */
export function policyPreviewQuery(wish: PolicyPreviewWish | undefined) {
  return queryOptions({
    queryKey: ["policy-preview", wish?.role, wish] as const,
    enabled: wish !== undefined,
    queryFn: async ({ signal }) =>
      TimelineAnswer.parse(await callApi(`${PATH}/preview`, { ...jsonRequest("POST", wish), signal })),
    // Of the same role only: another role's rows under its name would be a lie.
    placeholderData: (kept, query) => (query?.queryKey[1] === wish?.role ? kept : undefined),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export async function publishPolicy(policy: NewPolicy): Promise<PolicyVersionView> {
  return PolicyVersionView.parse(await callApi(PATH, jsonRequest("POST", policy)));
}

export async function readPolicyVersion(version: number): Promise<PolicyVersionDocument> {
  return PolicyVersionDocument.parse(await callApi(`${PATH}/versions/${String(version)}`, {}));
}
