import { expect, it } from "vitest";
import type { RowMatch } from "@/lib/domain/policy";
import { rowMatchWords } from "./row-rule-words";

it.each<[RowMatch, string]>([
  [{}, "every row"],
  [{ kinds: ["alert"] }, "rows of kind alert"],
  [{ kinds: ["log", "alert", "log"], own: true }, "rows of kind alert or log in the person's own scope"],
  [{ services: ["billing-api"], labels: { team: ["billing"] } }, "rows of billing-api with team billing"],
  [{ teams: ["Payments team"] }, "rows of services owned by Payments team"],
  [{ sources: ["loki/product"], sourceKinds: ["loki"] }, "rows from loki from loki/product"],
  [{ recognised: true }, "rows that a configured sentence describes"],
])("says %j as words", (match, words) => {
  expect(rowMatchWords(match)).toBe(words);
});
