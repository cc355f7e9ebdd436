/** Key rules as the admin page reads, tries and changes them. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  KeyRuleList,
  KeyRuleTrial,
  KeyRuleView,
  type KeyRuleChange,
  type KeyRuleDraft,
  type KeyRuleTrialWish,
} from "@/lib/contract/key-rule";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/key-rules";

export const keyRulesQuery = queryOptions({
  queryKey: ["key-rules"],
  queryFn: async ({ signal }) => KeyRuleList.parse(await callApi(PATH, { signal })),
});

/** What the draft finds in the pasted lines. Pasted lines are kept no longer than they are shown. */
export function keyRuleTrialQuery(wish: KeyRuleTrialWish | undefined) {
  return queryOptions({
    queryKey: ["key-rule-trial", wish],
    enabled: wish !== undefined,
    queryFn: async ({ signal }) =>
      KeyRuleTrial.parse(await callApi(`${PATH}/test`, { ...jsonRequest("POST", wish), signal })),
    placeholderData: keepPreviousData,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export async function createKeyRule(rule: KeyRuleDraft): Promise<KeyRuleView> {
  return KeyRuleView.parse(await callApi(PATH, jsonRequest("POST", rule)));
}

export async function changeKeyRule(id: string, change: KeyRuleChange): Promise<KeyRuleView> {
  return KeyRuleView.parse(await callApi(`${PATH}/${encodeURIComponent(id)}`, jsonRequest("PUT", change)));
}

export async function removeKeyRule({ id, version }: { id: string; version: number }): Promise<void> {
  await callApi(`${PATH}/${encodeURIComponent(id)}?version=${String(version)}`, { method: "DELETE" });
}
