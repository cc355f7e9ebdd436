/** A row rule as the fields of a form hold it: lists are text, one entry a line or between commas. Pure. */
import { RowRule, type RowMatch } from "@/lib/domain/policy";

export interface RowRuleForm {
  readonly grant: RowRule["grant"];
  readonly kinds: readonly string[];
  readonly services: string;
  readonly teams: string;
  readonly sources: string;
  /** `team=billing`, one a line; a name may stand there several times. */
  readonly labels: string;
  readonly own: boolean;
  readonly recognised: boolean;
}

export function rowRuleForm({ rows, grant }: RowRule): RowRuleForm {
  const labels = Object.entries(rows.labels ?? {});
  return {
    grant,
    kinds: rows.kinds ?? [],
    services: (rows.services ?? []).join(", "),
    teams: (rows.teams ?? []).join(", "),
    sources: [...(rows.sourceKinds ?? []), ...(rows.sources ?? [])].join(", "),
    labels: labels.flatMap(([name, values]) => values.map((value) => `${name}=${value}`)).join("\n"),
    own: rows.own ?? false,
    recognised: rows.recognised ?? false,
  };
}

/** Undefined when a label has no value, or a source no known kind. What is left empty matches everything. */
export function readRowRuleForm(form: RowRuleForm): RowRule | undefined {
  const labels: Record<string, string[]> = {};
  for (const line of entries(form.labels, /\n/)) {
    const at = line.indexOf("=");
    if (at < 1 || at === line.length - 1) return undefined;
    const name = line.slice(0, at).trim();
    labels[name] = [...(labels[name] ?? []), line.slice(at + 1).trim()];
  }
  const sources = entries(form.sources, /[\n,]/);
  const rows: Record<keyof RowMatch, unknown> = {
    kinds: listed(form.kinds),
    sources: listed(sources.filter((one) => one.includes("/"))),
    sourceKinds: listed(sources.filter((one) => !one.includes("/"))),
    services: listed(entries(form.services, /[\n,]/)),
    teams: listed(entries(form.teams, /[\n,]/)),
    labels: Object.keys(labels).length > 0 ? labels : undefined,
    own: form.own || undefined,
    recognised: form.recognised || undefined,
  };
  const named = Object.fromEntries(Object.entries(rows).filter(([, value]) => value !== undefined));
  return RowRule.safeParse({ rows: named, grant: form.grant }).data;
}

function listed(list: readonly string[]): readonly string[] | undefined {
  return list.length > 0 ? list : undefined;
}

function entries(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
