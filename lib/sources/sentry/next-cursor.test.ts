import { describe, expect, it } from "vitest";
import { nextCursor } from "./next-cursor";

const link = (results: string, cursor = ' ; cursor="0:100:0"') =>
  `<https://host/api/?a,b&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", ` +
  `<https://host/api/?a,b&cursor=0:100:0>; rel="next"; results="${results}"${cursor}`;

describe("nextCursor", () => {
  it("gives the cursor of the next page when there is one", () => {
    expect(nextCursor(link("true"))).toBe("0:100:0");
  });

  it.each([
    undefined,
    "",
    link("false"),
    link("true", ""),
    "<x>; rel=next",
    '<u>; rel="next"; results="true"; cursor="a b"',
  ])("stops at %j", (header) => expect(nextCursor(header)).toBeUndefined());
});
