import { describe, expect, it } from "vitest";
import { mergeExpansionRules, mergeKeyRules } from "./merge-rules";
import { parseConfiguration } from "./parse-configuration";

const problemsOf = (text: string, variables = {}) => {
  const parsed = parseConfiguration(text, variables);
  return parsed.ok ? [] : parsed.problems;
};

describe("parseConfiguration", () => {
  it("accepts an empty file", () => {
    expect(problemsOf("")).toEqual([]);
  });

  it("names the path and what was expected for every wrong value", () => {
    const problems = problemsOf("sources:\n  - kind: loki\n    url: ftp://x\n    nmae: product\nlimits:\n  hops: 99\n");
    expect(problems.join("\n")).toMatch(/sources\.0\.url: expected an http\(s\) URL/);
    expect(problems.join("\n")).toMatch(/sources\.0: .*nmae/);
    expect(problems.join("\n")).toMatch(/limits\.hops/);
  });

  it("names the line of broken YAML without repeating it", () => {
    expect(problemsOf("services:\n  - name: [zq\n")).toEqual([expect.stringMatching(/^line \d+: not valid YAML$/)]);
  });

  it("takes secrets from the environment and names the missing variable", () => {
    const text = "sources:\n  - kind: loki\n    url: http://loki\n    token: ${LOKI_SECRET}\n";
    expect(problemsOf(text)).toEqual(["sources.0.token: the environment variable LOKI_SECRET is not set"]);
    const parsed = parseConfiguration(text, { LOKI_SECRET: "t" });
    expect(parsed.ok && parsed.configuration.sources[0]?.token).toBe("t");
  });
});

describe("rules of the file", () => {
  it("replace a built-in rule of the same name and add the others", () => {
    const built = mergeKeyRules([]);
    const [order] = built.filter((rule) => rule.name === "order id");
    if (!order) throw new Error("no order rule");
    const merged = mergeKeyRules([
      { ...order, dropPrefixes: ["ORD-"] },
      { ...order, name: "parcel id", kind: "parcel" },
    ]);
    expect(merged).toHaveLength(built.length + 1);
    expect(merged.find((rule) => rule.name === "order id")?.dropPrefixes).toEqual(["ORD-"]);
  });

  it("can open the way from an order to its account", () => {
    const merged = mergeExpansionRules([{ from: "order", to: "account", follow: "always" }]);
    expect(merged.filter((rule) => rule.from === "order" && rule.to === "account")).toEqual([
      { from: "order", to: "account", follow: "always" },
    ]);
  });
});
