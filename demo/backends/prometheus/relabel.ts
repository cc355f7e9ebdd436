/** `label_replace(v, dst, replacement, src, regex)`. */
import { RE2JS } from "re2js";
import { refuseDuplicates, type Sample } from "./evaluation";
import type { CallExpr } from "./promql-ast";
import { QueryError } from "./query-error";

export function relabel(call: CallExpr, samples: readonly Sample[]): readonly Sample[] {
  const [target = "", replacement = "", source = "", pattern = ""] = call.args
    .slice(1)
    .map((argument) => (argument.kind === "string" ? argument.value : ""));
  const compiled = compile(pattern);
  return refuseDuplicates(
    samples.map((sample) => {
      const matcher = compiled.matcher(sample.labels.get(source));
      if (!matcher.matches()) return sample;
      const value = replacement.replaceAll(/\$(?:\{(\d+)\}|(\d+))/g, (_, braced: string, bare: string) => {
        const group = Number(braced || bare);
        return group <= matcher.groupCount() ? (matcher.group(group) ?? "") : "";
      });
      return { ...sample, labels: sample.labels.with(target, value) };
    }),
  );
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (error) {
    const shown = JSON.stringify(pattern);
    throw new QueryError("execution", `invalid regular expression in label_replace(): ${shown}`, { cause: error });
  }
}
