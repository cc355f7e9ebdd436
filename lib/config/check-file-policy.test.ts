import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RolePolicy } from "@/lib/domain/policy";
import { DEFAULT_POLICY, policyHash } from "@/lib/redact/policy";
import { checkFilePolicy } from "./check-file-policy";
import { mergeKeyRules } from "./merge-rules";
import { parseConfiguration } from "./parse-configuration";

const keys = mergeKeyRules([]);

describe("the policy of the file", () => {
  it("may be missing", () => {
    expect(checkFilePolicy({ policy: undefined, fields: {}, keys })).toEqual([]);
  });

  it("is refused with the path and the reason", () => {
    const roles = DEFAULT_POLICY.roles.map((role): RolePolicy =>
      role.name === "engineer" ? { ...role, classes: { text: "show" } } : role,
    );
    expect(checkFilePolicy({ policy: { ...DEFAULT_POLICY, roles }, fields: {}, keys })).toEqual([
      expect.stringMatching(/^policy\.roles\.engineer\.classes\.text: Free text is never shown/),
    ]);
  });

  it("meets its own tests, with the classes that the file gives to fields", () => {
    expect(checkFilePolicy({ policy: DEFAULT_POLICY, fields: {}, keys })).toEqual([]);
    expect(checkFilePolicy({ policy: DEFAULT_POLICY, fields: { "db.statement": "workflow" }, keys })).toEqual([
      "policy.tests: “support never sees db.statement” fails: support is granted show of class workflow.",
    ]);
  });
});

it("the file of the documentation means the built-in policy", () => {
  const text = readFileSync(new URL("../../docs/examples/policy.yaml", import.meta.url), "utf8");
  const parsed = parseConfiguration(text, {});
  if (!parsed.ok || !parsed.configuration.policy) throw new Error("not a configuration");
  expect(policyHash(parsed.configuration.policy)).toBe(policyHash(DEFAULT_POLICY));
});
