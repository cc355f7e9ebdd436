/** Any part of any policy, for properties: classes, row rules and treatments as they come, sensible or not. */
import fc from "fast-check";
import type { RolePolicy, RowRule } from "@/lib/domain/policy";
import { FIELD_CLASSES, TREATMENTS } from "@/lib/domain/role";

const RULES: readonly RowRule[] = [
  { rows: {}, grant: "stub" },
  { rows: { kinds: ["log", "span", "error"] }, grant: "full" },
  { rows: { kinds: ["alert"], labels: { team: ["billing"] } }, grant: "full" },
  { rows: { kinds: ["alert"] }, grant: "stub" },
  { rows: { own: true }, grant: "full" },
  { rows: { services: ["billing-api"] }, grant: "full" },
  { rows: { teams: ["Orders team"] }, grant: "stub" },
  { rows: { sourceKinds: ["tempo"] }, grant: "full" },
  { rows: {}, grant: "full" },
];

const cell = fc.oneof(
  fc.constantFrom(...TREATMENTS),
  fc.record({ own: fc.constantFrom(...TREATMENTS), other: fc.constantFrom(...TREATMENTS) }),
);

export const aRolePolicy: fc.Arbitrary<RolePolicy> = fc.record({
  name: fc.constant("anybody"),
  description: fc.constant(""),
  classes: fc.dictionary(fc.constantFrom(...FIELD_CLASSES), cell),
  rows: fc.subarray([...RULES]).map((rules) => rules.map((rule) => structuredClone(rule))),
  abilities: fc.constant([]),
  mayReveal: fc.constant([]),
});
