/** One line per rule in a range: what it did, who owns it, how often people were asked and what they said. */
import "server-only";
import type { AlertRules } from "@/lib/contract/alert-rules";
import type { Principal } from "@/lib/domain/principal";
import { redactRules } from "@/lib/redact/redact-episodes";
import type { Redacted } from "@/lib/redact/redacted";
import { store } from "@/lib/store/open-store";
import type { LabelledEpisode } from "@/lib/store/labelled-episodes";
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
  const fingerprints = [...new Set(readable.map(({ episode }) => episode.fingerprint))];
  const [samples, lines] = await Promise.all([
    reader.evidenceOf(firstOfEachRule(readable)),
    alerts.rules({ ...filter, fingerprints }),
  ]);
  const counted = lines.map(({ density, ...line }) => ({ ...line, density: [...density] }));
  const range = { from: asked.from.toISOString(), to: asked.to.toISOString() };
  return redactRules({ counted, samples, take: MAX_RULES, ...range }, reader.context);
}

function firstOfEachRule(found: readonly LabelledEpisode[]): LabelledEpisode[] {
  const byRule = new Map<string, LabelledEpisode>();
  for (const one of found) if (!byRule.has(one.episode.rule)) byRule.set(one.episode.rule, one);
  return [...byRule.values()];
}
