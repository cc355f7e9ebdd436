import { expect, it } from "vitest";
import { groupAttributes } from "./group-attributes";

it("groups attributes by class and sorts them by path", () => {
  const shown = { class: "business-id", treatment: "show" } as const;
  const groups = groupAttributes({
    attributes: {
      "order.id": { value: "48192", ...shown },
      "http.method": { value: "GET", class: "workflow", treatment: "show" },
      "cart.id": { value: 7, ...shown },
    },
  });
  expect(groups.map((group) => [group.name, group.attributes.map((one) => one.path)])).toEqual([
    ["What happened", ["http.method"]],
    ["Business ids", ["cart.id", "order.id"]],
  ]);
});
