import { describe, expect, it } from "vitest";
import { anEvent } from "@/lib/domain/testing/an-event";
import { errorSignature } from "./error-signature";

const told = (over: Parameters<typeof anEvent>[0]) => {
  const { type, message } = errorSignature(anEvent(over));
  return [type, message];
};

describe("the signature of an error", () => {
  it("is the same however a source spells type and message", () => {
    const expected = ["SchemaError", "field method: unknown value express"];
    const message = 'field method: unknown value "express"';
    expect([
      told({ attributes: { "exception.type": "SchemaError", "exception.message": message } }),
      told({ attributes: { "exception.type": "shop.status.SchemaError", "exception.value": message } }),
      told({
        attributes: { "error.type": "SchemaError", "error.message": "field method:  unknown value 'express'\n at x" },
      }),
      told({ attributes: { error: `SchemaError: ${message}` } }),
      told({ title: `could not decode: shop.status.SchemaError: ${message}`, attributes: {} }),
      told({ text: `10:00:01 ERROR oops\nSchemaError: ${message}\n    at decode (x.ts:1:1)` }),
    ]).toEqual(Array.from({ length: 6 }, () => expected));
  });

  it("has the title as message where no type is named", () => {
    expect(told({ title: "Order page could not be shown" })).toEqual(["", "Order page could not be shown"]);
  });

  it("does not take a word that ends in Error without a message for a type", () => {
    expect(told({ title: "set lastError to null" })).toEqual(["", "set lastError to null"]);
  });
});
