import { expect, it } from "vitest";
import type { RowRule } from "@/lib/domain/policy";
import { readRowRuleForm, rowRuleForm } from "./row-rule-form";

const RULES: RowRule[] = [
  { rows: {}, grant: "full" },
  { rows: { kinds: ["alert", "job-run"], teams: ["Payments team"] }, grant: "stub" },
  { rows: { labels: { team: ["billing", "risk"], tier: ["a=b"] }, own: true }, grant: "full" },
  {
    rows: { sources: ["loki/product"], sourceKinds: ["tempo"], services: ["a", "b"], recognised: true },
    grant: "full",
  },
];

it.each(RULES)("keeps the rule %j through the form", (rule) => {
  expect(readRowRuleForm(rowRuleForm(rule))).toEqual(rule);
});

it.each([{ labels: "team" }, { labels: "=billing" }, { labels: "team=" }, { sources: "lokki" }])(
  "is no rule with %j",
  (part) => {
    expect(readRowRuleForm({ ...rowRuleForm({ rows: {}, grant: "full" }), ...part })).toBeUndefined();
  },
);
