import { describe, expect, it } from "vitest";
import { hrefWithMore } from "./ask-for-more";

const parametersOf = (href: string): URLSearchParams => new URLSearchParams(href.split("?")[1]);

describe("hrefWithMore", () => {
  it("asks for one more page each time, and keeps the view", () => {
    const once = hrefWithMore("?key=order:1&q=status&open=a", { continuation: "tok" });
    const twice = parametersOf(hrefWithMore(once.slice(once.indexOf("?")), { continuation: "tok" }));
    expect(twice.getAll("continue")).toEqual(["tok", "tok"]);
    expect([twice.get("q"), twice.get("open")]).toEqual(["status", "a"]);
  });
  it("crosses a boundary once", () => {
    const href = hrefWithMore("?key=order:1&widen=account:7", { widen: "account:7" });
    expect(parametersOf(href).getAll("widen")).toEqual(["account:7"]);
  });
  it("pins a moving window to the one that was answered", () => {
    const pinned = parametersOf(
      hrefWithMore("?key=order:1&from=now-1h", { continuation: "t" }, { from: "A", to: "B" }),
    );
    expect([pinned.get("from"), pinned.get("to")]).toEqual(["A", "B"]);
  });
});
