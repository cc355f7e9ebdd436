import { describe, expect, it } from "vitest";
import { describeError } from "./describe-error";
import { OperatorError } from "./operator-error";

const SECRET = "order 48192 of jane@example.org";

describe("describeError", () => {
  it("tells type, code and place, and keeps the message to itself", () => {
    const error = Object.assign(new TypeError(SECRET), { code: "P2002" });
    const described = describeError(error);
    expect(described).toMatchObject({ type: "TypeError", code: "P2002" });
    expect(described.at?.[0]).toMatch(/describe-error\.test\.ts/);
    expect(JSON.stringify(described)).not.toContain("48192");
  });

  it("is not fooled by a message that looks like stack frames", () => {
    const error = new Error(`first\n    at ${SECRET} (file.ts:1:1)`);
    expect(JSON.stringify(describeError(error))).not.toContain("48192");
  });

  it("drops a stack whose message was changed later, because its head cannot be told from frames", () => {
    const error = new Error(`x\n    at ${SECRET} (file.ts:1:1)`);
    error.message = "harmless";
    expect(JSON.stringify(describeError(error))).not.toContain("48192");
    error.message = "";
    expect(JSON.stringify(describeError(error))).not.toContain("48192");
  });

  it("keeps the message that we wrote for the operator", () => {
    expect(describeError(new OperatorError("PORT: expected a port number"))).toMatchObject({
      type: "OperatorError",
      message: "PORT: expected a port number",
    });
  });

  it("follows causes, also round in a circle, without their messages", () => {
    const inner = new Error(SECRET);
    const outer = new Error(SECRET, { cause: inner });
    inner.cause = outer;
    const described = describeError(outer);
    expect(described.cause?.type).toBe("Error");
    expect(JSON.stringify(described)).not.toContain("48192");
  });

  it.each([SECRET, { message: SECRET }, null, undefined, 48192])("says only the type of a thrown %j", (thrown) => {
    expect(JSON.stringify(describeError(thrown))).not.toContain("48192");
  });

  it("does not trust names and codes that are sentences", () => {
    const error = Object.assign(new Error("x"), { name: SECRET, code: SECRET });
    expect(JSON.stringify(describeError(error))).not.toContain("48192");
  });
});
