/** The text of `throughline.yaml` → configuration, or every reason why not: file, path, what was expected. Pure. */
import { parseDocument } from "yaml";
import { Configuration } from "@/lib/domain/configuration";

export type ParsedConfiguration =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Secrets may be written as `${NAME}` and are then taken from the environment. */
export function parseConfiguration(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): ParsedConfiguration {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map((error) => `line ${lineOf(error, text)}: not valid YAML`) };
  }
  const missing: string[] = [];
  const filled = fillVariables(document.toJS({ maxAliasCount: 100 }) ?? {}, variables, "", missing);
  if (missing.length > 0) return { ok: false, problems: missing };
  const parsed = Configuration.safeParse(filled);
  if (parsed.success) return { ok: true, configuration: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`),
  };
}

function fillVariables(
  value: unknown,
  variables: Readonly<Record<string, string | undefined>>,
  path: string,
  missing: string[],
): unknown {
  if (typeof value === "string") {
    const match = /^\$\{([A-Z][A-Z0-9_]*)\}$/.exec(value);
    if (!match) return value;
    const name = match[1] ?? "";
    const found = variables[name];
    if (found === undefined || found === "") missing.push(`${path}: the environment variable ${name} is not set`);
    return found;
  }
  if (Array.isArray(value)) return value.map((item, i) => fillVariables(item, variables, `${path}.${i}`, missing));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      name,
      fillVariables(child, variables, path === "" ? name : `${path}.${name}`, missing),
    ]),
  );
}

function lineOf(error: { readonly pos: readonly [number, number] }, text: string): number {
  return text.slice(0, error.pos[0]).split("\n").length;
}
