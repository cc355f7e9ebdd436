/** One line per rule in a range: what it did, who owns it, how often people were asked and what they said. */
import "server-only";
import type { AlertRules } from "@/lib/contract/alert-rules";
import type { RuleSummary } from "@/lib/contract/alerts";
import type { Principal } from "@/lib/domain/principal";
import { Redacted } from "@/lib/redact/redacted";
import type { RuleLine } from "@/lib/store/alert-repository";
import { store } from "@/lib/store/open-store";
import type { LabelledEpisode } from "@/lib/store/verdict-repository";
import { alertReader } from "./alert-reader";
import { parseEpisodeQuery } from "./parse-episode-query";
import { visibleHistory } from "./visible-history";

const MAX_RULES = 500;

/** Throws as `listEpisodes`. Rules of which the role may only know that something fired are left out. */
export async function listRules(
  principal: Principal,
  searchParams: URLSearchParams,
  now = new Date(),
): Promise<Redacted<AlertRules>> {
  const reader = await alertReader(principal);
  const { filter: asked } = parseEpisodeQuery(searchParams, now);
  const { alerts } = await store();
  const { filter, groups } = await visibleHistory(asked, reader, alerts);
  const readable = groups.filter(({ sample }) => reader.reads(sample)).map(({ sample }) => sample);
  const views = await reader.views(firstOfEachRule(readable));
  const named = new Map(views.filter(({ stub }) => !stub).map((view) => [view.rule, view]));
  const fingerprints = [...new Set(readable.map(({ episode }) => episode.fingerprint))];
  const lines = await alerts.rules({ ...filter, fingerprints });
  const rules = lines.flatMap((line) => {
    const view = named.get(line.rule);
    return view ? [summaryOf(line, view)] : [];
  });
  const range = { from: asked.from.toISOString(), to: asked.to.toISOString() };
  return Redacted.seal({ rules: rules.slice(0, MAX_RULES), ...range, total: rules.length });
}

function firstOfEachRule(found: readonly LabelledEpisode[]): LabelledEpisode[] {
  const byRule = new Map<string, LabelledEpisode>();
  for (const one of found) if (!byRule.has(one.episode.rule)) byRule.set(one.episode.rule, one);
  return [...byRule.values()];
}

type Named = Pick<RuleSummary, "name" | "service" | "severity"> & { readonly team: string };

function summaryOf({ density, ...line }: RuleLine, { name, service, severity, team }: Named): RuleSummary {
  return {
    ...line,
    ...{ name, service, severity, owner: team, density: [...density] },
    // Both need the month as a whole: shifts and clocks of people, and the votes of a cluster.
    wakeUps: null,
    worthPaging: { value: null, low: null, high: null, why: "Counted in the monthly review." },
  };
}
