/** A policy of which nothing is left but who may publish another one. */
import type { PolicyDocument } from "@/lib/domain/policy";

export function withoutReading(document: PolicyDocument): PolicyDocument {
  return {
    roles: document.roles.map(({ name, description, abilities }) => ({
      ...{ name, description, classes: {}, rows: [], mayReveal: [] },
      abilities: abilities.filter((ability) => ability === "administer"),
    })),
    fields: {},
    keyKinds: {},
    tests: [],
  };
}
