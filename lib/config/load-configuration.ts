/** What this installation was told: `throughline.yaml`, then the quick-start variables for kinds the file leaves out. */
import "server-only";
import { readFileSync } from "node:fs";
import type { Configuration } from "@/lib/domain/configuration";
import type { KeyRule } from "@/lib/domain/key-rule";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { checkKeyRule } from "@/lib/normalize/check-key-rule";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileSentenceBook } from "@/lib/normalize/describe-event";
import { env, type Env } from "@/lib/platform/env";
import { OperatorError } from "@/lib/platform/operator-error";
import { checkFilePolicy } from "./check-file-policy";
import { environmentSources } from "./environment-sources";
import { mergeExpansionRules, mergeKeyRules } from "./merge-rules";
import { parseConfiguration } from "./parse-configuration";

/** What stands in the file itself, for pages that say what cannot be changed there. */
export interface LoadedConfiguration extends Configuration {
  readonly fileKeys: readonly KeyRule[];
}

let memoised: LoadedConfiguration | undefined;

/** Read once per process. Throws `OperatorError` naming file, path and reason. */
export function configuration(): LoadedConfiguration {
  memoised ??= loadConfiguration(env());
  return memoised;
}

/** `keys` and `expansion` of the result are complete: the built-in rules with the file's on top. */
export function loadConfiguration(settings: Env): LoadedConfiguration {
  const fromFile = readFile(settings.THROUGHLINE_CONFIG);
  const kinds = new Set(fromFile.sources.map((source) => source.kind));
  const merged: LoadedConfiguration = {
    ...fromFile,
    fileKeys: fromFile.keys,
    sources: [...fromFile.sources, ...environmentSources(settings).filter((source) => !kinds.has(source.kind))],
    keys: mergeKeyRules(fromFile.keys),
    expansion: mergeExpansionRules(fromFile.expansion),
  };
  checkNames(merged);
  checkKeyRules(fromFile.keys, settings.THROUGHLINE_CONFIG ?? "configuration");
  checkPatterns(merged, settings.THROUGHLINE_CONFIG ?? "built-in rules");
  checkPolicyOf(merged, settings.THROUGHLINE_CONFIG ?? "configuration");
  return merged;
}

function readFile(path: string | undefined): Configuration {
  let text = "";
  if (path !== undefined) {
    try {
      text = readFileSync(/*turbopackIgnore: true*/ path, "utf8");
    } catch (cause) {
      throw new OperatorError(`THROUGHLINE_CONFIG: the file ${path} cannot be read.`, { cause });
    }
  }
  // eslint-disable-next-line no-restricted-properties -- names in the file decide which variables are needed
  const parsed = parseConfiguration(text, process.env);
  if (!parsed.ok) {
    throw new OperatorError(
      `${path ?? "configuration"} is not valid:\n${parsed.problems.map((p) => `  ${p}`).join("\n")}`,
    );
  }
  return parsed.configuration;
}

function checkNames({ sources, webhooks }: Configuration): void {
  for (const [part, named] of [
    ["sources", sources],
    ["webhooks", webhooks],
  ] as const) {
    const seen = new Set<string>();
    for (const { kind, name } of named) {
      const id = `${kind}/${name}`;
      if (seen.has(id)) throw new OperatorError(`${part}: two ${part} are called ${id}; give each a name of its own.`);
      seen.add(id);
    }
  }
}

/** The same words as on the page for key rules. */
function checkKeyRules(rules: readonly KeyRule[], file: string): void {
  const problems = rules.flatMap((rule) =>
    checkKeyRule(rule).map(({ field, detail }) => `  keys, rule "${rule.name}", ${field}: ${detail}`),
  );
  if (problems.length > 0) throw new OperatorError(`${file} is not valid:\n${problems.join("\n")}`);
}

function checkPolicyOf(settings: Configuration, file: string): void {
  const problems = checkFilePolicy(settings);
  if (problems.length === 0) return;
  throw new OperatorError(`${file} is not valid:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
}

/** Patterns are compiled at the start, so that a bad one stops the start instead of a question at 3 am. */
function checkPatterns(settings: Configuration, file: string): void {
  try {
    compileKeyRules(settings.keys);
    compileSentenceBook(settings.sentences);
    compileCanonicalNames(settings.services, settings.environments);
  } catch (cause) {
    throw new OperatorError(`${file}: ${cause instanceof Error ? cause.message : "a rule is not valid"}`, { cause });
  }
}
