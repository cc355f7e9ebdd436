/** Rules that fire together, by name: their pairs, and the groups that these make. Pure. */
import { type CofiringPair, pairKey } from "@/lib/contract/cofiring";
import type { NoiseReport } from "@/lib/contract/noise-report";

export interface NamedPair extends Pick<CofiringPair, "together" | "expected" | "share" | "lagSeconds"> {
  /** What its rows are asked by. */
  readonly key: string;
  /** The one that leads. */
  readonly a: string;
  readonly b: string;
}

export interface NamedGroup {
  /** Empty when none starts first. */
  readonly lead: string;
  /** Without the one that leads. */
  readonly rules: readonly string[];
  readonly share: number;
}

export interface Cofiring {
  readonly finding: string;
  readonly pairs: readonly NamedPair[];
  readonly groups: readonly NamedGroup[];
  /** Why groups are not, or not all, told; empty when they are. */
  readonly note: string;
}

export function prepareCofiring({ cofiring, cofiringGroups, rules }: NoiseReport): Cofiring {
  const names = new Map(rules.map(({ rule, name }) => [rule, name]));
  const nameOf = (rule: string): string => names.get(rule) ?? rule;
  const groups = (cofiringGroups?.groups ?? []).map(({ rules: members, lead, share }) => ({
    lead: lead === null ? "" : nameOf(lead),
    rules: members.filter((rule) => rule !== lead).map(nameOf),
    share,
  }));
  return {
    finding: findingOf(cofiring.length, cofiringGroups === null ? null : groups.length),
    pairs: cofiring.map(({ a, b, together, expected, share, lagSeconds }) => ({
      ...{ key: pairKey(a, b), a: nameOf(a), b: nameOf(b), together, expected, share, lagSeconds },
    })),
    groups,
    note: noteOf(cofiringGroups),
  };
}

function findingOf(pairs: number, groups: number | null): string {
  if (pairs === 0) return "No two rules fire together more than chance explains";
  if (groups === null) return `${String(pairs)} ${pairs === 1 ? "pair" : "pairs"} of rules fire together`;
  return `${String(groups)} ${groups === 1 ? "group of rules fires" : "groups of rules fire"} together`;
}

function noteOf(groups: NoiseReport["cofiringGroups"]): string {
  if (groups === null) return "Groups were not measured when this month was signed.";
  if (groups.rules === groups.of) return "";
  return `Groups are told for ${String(groups.rules)} of ${String(groups.of)} rules that pair: those of the most significant pairs.`;
}

/** `Database, then Orders, Checkout`, or only names where none is first. */
export function groupText({ lead, rules }: NamedGroup): string {
  return lead === "" ? rules.join(", ") : `${lead}, then ${rules.join(", ")}`;
}
