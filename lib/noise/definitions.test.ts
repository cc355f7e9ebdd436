import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parseConfiguration } from "@/lib/config/parse-configuration";
import { SETTINGS } from "./testing/a-month";

it("the definitions print the defaults", () => {
  const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../docs/noise-definitions.md");
  const example = /```yaml\n([\s\S]*?)```/.exec(readFileSync(file, "utf8"))?.[1] ?? "";
  const parsed = parseConfiguration(example, {});
  expect(Object.keys(SETTINGS).filter((key) => !example.includes(`  ${key}:`))).toEqual([]);
  expect(parsed).toMatchObject({ ok: true, configuration: { noise: SETTINGS } });
});
