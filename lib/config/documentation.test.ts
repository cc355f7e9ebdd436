/** Whatever a reader copies from the documentation must be a configuration that starts. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { checkFilePolicy } from "./check-file-policy";
import { parseConfiguration } from "./parse-configuration";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const EXAMPLE = /^( *)```yaml\n([\s\S]*?)^ *```$/gm;

interface Example {
  readonly text: string;
  readonly line: number;
}

function examplesOf(document: string): Example[] {
  const text = readFileSync(path.join(ROOT, document), "utf8");
  return [...text.matchAll(EXAMPLE)].map(({ 1: indent = "", 2: block = "", index }) => ({
    text: block.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    line: text.slice(0, index).split("\n").length,
  }));
}

/** Every variable that an example names, set to something. */
function variablesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map(([, name = ""]) => [name, "a value"]));
}

describe.each(["README.md", "docs/configuration.md", "docs/noise-definitions.md"])("the examples of %s", (document) => {
  const examples = examplesOf(document);

  it("are there", () => {
    expect(examples).not.toHaveLength(0);
  });

  it.each(examples)("at line $line start", ({ text }) => {
    const parsed = parseConfiguration(text, variablesOf(text));
    expect(parsed.ok ? checkFilePolicy(parsed.configuration) : parsed.problems).toEqual([]);
  });
});
