import { expect, it } from "vitest";
import { groupAttributes } from "./group-attributes";

it("groups attributes by class, sorts them by path, and counts hidden ones even where none is shown", () => {
  const shown = { class: "business-id", treatment: "show" } as const;
  const groups = groupAttributes({
    attributes: { "order.id": { value: "48192", ...shown }, "cart.id": { value: 7, ...shown } },
    withheld: [{ class: "secret", count: 2 }],
  });
  expect(groups.map((group) => [group.name, group.attributes.map((one) => one.path), group.hidden])).toEqual([
    ["Business ids", ["cart.id", "order.id"], 0],
    ["Secrets", [], 2],
  ]);
});
