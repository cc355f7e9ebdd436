import { expect, it } from "vitest";
import { FIELD_CLASSES } from "@/lib/domain/role";
import { explainRole } from "./explain-role";
import { DEFAULT_POLICY } from "./policy";

const inForce = { document: DEFAULT_POLICY, label: "v12", hash: "", provisioned: false };
const sentences = (role: string) =>
  Object.fromEntries(explainRole(role, inForce).classes.map((one) => [one.class, one.sentence]));

it("says why something is hidden, with the class, the role and the policy", () => {
  expect(sentences("support").infrastructure).toBe(
    "Hidden because class infrastructure is not granted to support, policy v12.",
  );
});

it("says what stands in the place of a value, and where", () => {
  expect(sentences("support").personal).toBe("Only a part of it, enough to compare.");
  expect(sentences("vendor").code).toBe(
    "In your own scope: A known sentence stands in its place. Elsewhere: Hidden because class code is not granted to vendor, policy v12.",
  );
});

it("says once what is the same inside and outside the own scope", () => {
  const alike = { own: "absent", other: "absent" } as const;
  const roles = DEFAULT_POLICY.roles.map((role) => ({ ...role, classes: { ...role.classes, code: alike } }));
  const [told] = explainRole("engineer", { ...inForce, document: { ...DEFAULT_POLICY, roles } }).classes.filter(
    (one) => one.class === "code",
  );
  expect(told?.sentence).toBe("Hidden because class code is not granted to engineer, policy v12.");
});

it("has a sentence for every class, and hides all of them from a role that the policy does not know", () => {
  const { classes, rows, abilities } = explainRole("stranger", inForce);
  expect(classes.map((one) => one.class)).toEqual([...FIELD_CLASSES]);
  expect(classes.every(({ sentence }) => sentence.startsWith("Hidden"))).toBe(true);
  expect([rows, abilities]).toEqual([[], []]);
});

it("says row rules in words", () => {
  expect(explainRole("vendor", inForce).rows.map(({ sentence }) => sentence)).toContain(
    "Every row: as a stub: that something happened, when, and nothing else.",
  );
});
