/** Alerting rules of a Prometheus → one definition per name, with a hash that changes when any of that name does. Pure. */
import { createHash } from "node:crypto";
import type { RuleDefinition } from "@/lib/domain/alert-history";
import type { DefinedRules } from "@/lib/sources/prometheus/wire";
import type { DefinedRule } from "@/lib/store/rule-version-repository";
import { storable, storableTexts } from "./describe-alert";

type Rule = DefinedRules["rules"][number];

/**
 * Alerts carry the name of their rule and no other mark of it, so several rules of one name (a warning and a page, say) are
 * one here: all expressions, the shortest `for`, the labels and annotations that they share.
 */
export function defineRules(rules: readonly Rule[]): DefinedRule[] {
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) byName.set(rule.name, [...(byName.get(rule.name) ?? []), rule]);
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, same]) => {
      const definitions = same.map(definitionOf).sort((a, b) => (contentOf(a) < contentOf(b) ? -1 : 1));
      const hash = createHash("sha256").update(definitions.map(contentOf).join("\n")).digest("hex");
      return { rule: storable(name), name: storable(name), hash, definition: joined(definitions) };
    });
}

function definitionOf({ query, duration, keepFiringFor, interval, labels, annotations, group }: Rule): RuleDefinition {
  return {
    expression: storable(query),
    ...{ forSeconds: duration, keepFiringSeconds: keepFiringFor, intervalSeconds: interval },
    ...{ labels: storableTexts(labels), annotations: storableTexts(annotations), group: storable(group) },
  };
}

/** What makes it another rule. Where it stands does not. */
function contentOf({ group: _group, labels, annotations, ...rest }: RuleDefinition): string {
  return JSON.stringify([rest, sorted(labels), sorted(annotations)]);
}

function sorted(texts: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
}

function joined(definitions: readonly RuleDefinition[]): RuleDefinition {
  return {
    expression: [...new Set(definitions.map(({ expression }) => expression))].join("\n"),
    forSeconds: Math.min(...definitions.map(({ forSeconds }) => forSeconds)),
    keepFiringSeconds: Math.max(...definitions.map(({ keepFiringSeconds }) => keepFiringSeconds)),
    intervalSeconds: Math.min(...definitions.map(({ intervalSeconds }) => intervalSeconds)),
    labels: shared(definitions.map(({ labels }) => labels)),
    annotations: shared(definitions.map(({ annotations }) => annotations)),
    group: [...new Set(definitions.map(({ group }) => group))].sort().join(", "),
  };
}

function shared(all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((one) => one[name] === value)),
  );
}
