import { describe, expect, it } from "vitest";
import { createLogger } from "./log";

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger("info", { write: (line) => void lines.push(line) }));
  return lines.join("");
}

describe("the log", () => {
  it("writes one JSON object per line with level, time and area", () => {
    const line = logged((logger) => logger.child({ area: "sources" }).info({ rows: 3 }, "fetched"));
    expect(JSON.parse(line)).toMatchObject({ level: "info", area: "sources", rows: 3, msg: "fetched" });
    expect(JSON.parse(line).time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it("holds no message of an error, whether passed alone, as err or as error", () => {
    const text = logged((logger) => {
      logger.error(new Error("canary-text"));
      logger.error({ err: new Error("canary-text") }, "failed");
      logger.error({ error: new Error("canary-text") }, "failed");
      logger.error(new Error("canary-text"), "failed");
      logger.error({ err: new Error("canary-text") });
    });
    expect(text).toContain("failed");
    expect(text).not.toContain("canary-text");
  });

  it("blanks well-known secrets down to the third level", () => {
    const text = logged((logger) =>
      logger.info({ token: "canary", request: { authorization: "canary", deep: { password: "canary" } } }, "oops"),
    );
    expect(text).not.toContain("canary");
    expect(text).toContain("[withheld]");
  });

  it("keeps a hostile value on its own line", () => {
    const text = logged((logger) => logger.info({ id: 'a\n{"level":"fatal"}' }, "one"));
    expect(text.trimEnd().split("\n")).toHaveLength(1);
  });
});
