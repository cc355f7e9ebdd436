import { expect, it } from "vitest";
import { anAccess } from "@/lib/redact/testing/an-access";
import { narrowedTo, refuseWhileRevealed } from "./shared-access";

it("adds the audience as one more pair of eyes, in the asker's own scope", () => {
  const granted = new Set(["order-service"]);
  const access = narrowedTo(anAccess("engineer", { teams: ["orders"], granted }), "vendor");
  expect(access.lenses.map(({ role }) => role.name)).toEqual(["engineer", "vendor"]);
  expect(access.lenses[1]).toMatchObject({ teams: ["orders"], granted });
});

it("sees nothing through a role that the policy no longer knows", () => {
  const [, lens] = narrowedTo(anAccess("engineer"), "gone").lenses;
  expect(lens?.role).toMatchObject({ classes: {}, rows: [], abilities: [] });
});

it("leaves out what a reveal opened, with an audience and without", () => {
  const access = anAccess("engineer", { revealed: ["personal"] });
  expect(narrowedTo(access, null).revealed.size).toBe(0);
  expect(narrowedTo(access, "support").revealed.size).toBe(0);
});

it("lets nothing out while a reveal is in force", () => {
  expect(() => {
    refuseWhileRevealed(anAccess("engineer", { revealed: ["text"] }));
  }).toThrow(expect.objectContaining({ code: "forbidden" }));
  expect(() => {
    refuseWhileRevealed(anAccess("engineer"));
  }).not.toThrow();
});
