import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Env } from "@/lib/platform/env";
import { loadConfiguration } from "./load-configuration";

const folder = mkdtempSync(path.join(os.tmpdir(), "throughline-configuration-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function load(yaml: string) {
  const file = path.join(folder, "throughline.yaml");
  writeFileSync(file, yaml);
  return loadConfiguration({ THROUGHLINE_CONFIG: file } as Env);
}

it.each([
  ["[order (?=x)]", "text.0: Expected an RE2 pattern: RE2 has no lookahead"],
  ["['order [0-9]+']", "text.0: Expected a group around the id"],
  ["['([0-9]*)']", "text.0: Expected a pattern that needs at least one character"],
])("stops the start with rule, field and reason for the text pattern %s", (text, reason) => {
  const yaml = `keys:\n  - { name: mine, kind: order, attributes: [o.id], text: ${text} }\n`;
  expect(() => load(yaml)).toThrow(`keys, rule "mine", ${reason}`);
});

it("knows which rules stand in the file", () => {
  const { keys, fileKeys } = load("keys:\n  - { name: mine, kind: order, attributes: [o.id] }\n");
  expect(fileKeys.map(({ name }) => name)).toEqual(["mine"]);
  expect(keys.length).toBeGreaterThan(1);
});
