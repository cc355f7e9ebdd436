import { expect, it } from "vitest";
import type { PolicyDocument } from "@/lib/domain/policy";
import {
  addRole,
  addTest,
  cellOfRole,
  choicesFor,
  emptyRole,
  removeRole,
  removeTest,
  roleNameProblem,
  sameDocument,
  setCell,
  setField,
  setKeyKind,
  toggled,
} from "./edit-policy";

const document: PolicyDocument = {
  roles: [
    { name: "support", description: "", classes: { workflow: "show" }, rows: [], abilities: ["ask"], mayReveal: [] },
  ],
  fields: { "shop.id": "business-id" },
  keyKinds: {},
  tests: [{ role: "support", field: "db.statement", never: "see" }],
};
const support = (from: PolicyDocument) => from.roles[0]?.classes;

it("an absent cell is not written down, so that setting it back makes the same document", () => {
  const opened = setCell(document, "support", "code", { own: "scrub", other: "absent" });
  expect(support(opened)).toEqual({ workflow: "show", code: { own: "scrub", other: "absent" } });
  expect(sameDocument(setCell(opened, "support", "code", "absent"), document)).toBe(true);
  expect(sameDocument(opened, document)).toBe(false);
  expect(cellOfRole(emptyRole("x"), "code")).toBe("absent");
});

it("nothing is changed in place", () => {
  const before = JSON.stringify(document);
  setCell(document, "support", "workflow", "absent");
  setField(document, "shop.id", undefined);
  removeTest(document, { role: "support", field: "db.statement" });
  expect(JSON.stringify(document)).toBe(before);
});

it("offers only what makes sense for a class, least first", () => {
  expect(choicesFor("text")).toEqual(["absent", "template", "scrub"]);
  expect(choicesFor("secret")).toEqual(["absent"]);
});

it("a role goes with its tests", () => {
  const more = addTest(addRole(document, emptyRole("finance")), { role: "finance", field: "a", never: "see" });
  expect(removeRole(more, "finance")).toEqual(document);
});

it("refuses names that are taken or no names", () => {
  expect(roleNameProblem(document, "support")).toMatch(/There is a role/);
  expect(roleNameProblem(document, "Fin ance")).toMatch(/lower-case/);
  expect(roleNameProblem(document, "finance")).toBeUndefined();
});

it("a test stands there once", () => {
  expect(addTest(document, { role: "support", field: "db.statement", never: "see" }).tests).toHaveLength(1);
});

it("a path has one class", () => {
  expect(setField(document, "shop.id", "text").fields).toEqual({ "shop.id": "text" });
  expect(setField(document, "shop.id", undefined).fields).toEqual({});
});

it("a kind of id has one class, and is never a secret", () => {
  const named = setKeyKind(document, "shipment", "account-id");
  expect(named.keyKinds).toEqual({ shipment: "account-id" });
  expect(setKeyKind(named, "shipment", "secret").keyKinds).toEqual({});
  expect(setKeyKind(named, "shipment", undefined)).toEqual(document);
});

it("toggles", () => {
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  expect(toggled(["b"], "a")).toEqual(["b", "a"]);
});

it("documents are the same in another order of their parts", () => {
  const turned: PolicyDocument = {
    ...document,
    roles: document.roles.map(({ name, ...rest }) => ({ ...rest, name })),
  };
  expect(sameDocument(turned, document)).toBe(true);
});
