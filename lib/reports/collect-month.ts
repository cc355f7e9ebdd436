/** Loads what a month and the one before are measured from. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import { monthBounds } from "@/lib/domain/month-bounds";
import type { NoiseInput, NoiseRule } from "@/lib/domain/noise-input";
import type { AlertVerdict } from "@/lib/domain/on-call";
import { estimatePages } from "@/lib/noise/estimate-pages";
import type { Store } from "@/lib/store/open-store";

/** So that the edges of a month are measured and not invented. */
export const MARGIN_MS = 72 * 3_600_000;

type Sources = Pick<Store, "noise" | "onCall" | "verdicts" | "reviews" | "lastingKeys">;
type MonthInput = Omit<NoiseInput, "before">;

export interface CollectedMonth {
  readonly input: NoiseInput;
  /** Hashes of the rules in force at the end of the month. */
  readonly ruleHashes: readonly string[];
}

export async function collectMonth(month: string, now: Date, store: Sources): Promise<CollectedMonth> {
  // One after the other: they would only wait for the same connection.
  const current = await readMonth(month, now, store);
  const before = await readMonth(monthBounds(month, -1).month, now, store);
  // A month before anything was heard is not a quiet month.
  const isKnown = before.input.fires.length > 0 || before.input.pages.length > 0;
  return { input: { ...current.input, before: isKnown ? before.input : null }, ruleHashes: current.hashes };
}

async function readMonth(
  month: string,
  now: Date,
  store: Sources,
): Promise<{ input: MonthInput; hashes: readonly string[] }> {
  const { from, to } = monthBounds(month);
  const [wideFrom, wideTo] = [new Date(from.getTime() - MARGIN_MS), new Date(to.getTime() + MARGIN_MS)];
  const watermark = now < wideTo ? now : wideTo;
  const fires = await store.noise.fires(wideFrom, wideTo);
  const [runbooks, facts, coverage, silences, pages, responders, shifts, impacts, verdicts] = await Promise.all([
    store.noise.runbooks(wideFrom, wideTo),
    store.noise.rules(from, to),
    store.noise.coverage(from, watermark < to ? watermark : to),
    store.noise.silences(wideFrom, wideTo),
    store.onCall.pages(wideFrom, wideTo),
    store.onCall.responders(),
    store.onCall.shifts(wideFrom, wideTo),
    store.reviews.impacts(from, to),
    store.verdicts.ofEpisodesBegunIn(wideFrom, wideTo),
  ]);
  const isTold = pages.some(({ delivered, estimated }) => delivered && !estimated);
  const sampleKey = (await store.lastingKeys.key("verdict-sample")).toString("hex");
  const input: MonthInput = {
    ...{ month, from, to, watermark, fires, responders, shifts, impacts },
    pages: isTold ? pages : [...pages, ...estimatePages(fires, shifts, responders)],
    verdicts: verdicts satisfies readonly AlertVerdict[],
    acts: silences,
    rules: rulesOf(fires, facts.rules, runbooks),
    ruleChanges: facts.changes,
    dependencies: dependenciesOf(),
    coverageGaps: coverage.gaps,
    sources: coverage.sources,
    sampleKey,
  };
  return { input, hashes: facts.hashes };
}

/** A rule that no source defines any more still has whoever owns its service, and the runbook that its alerts name. */
function rulesOf(
  fires: MonthInput["fires"],
  defined: readonly NoiseRule[],
  runbooks: ReadonlyMap<string, string>,
): readonly NoiseRule[] {
  const rules = new Map(defined.map((rule) => [rule.rule, rule]));
  for (const { rule, name, team } of fires) {
    const known = rules.get(rule);
    if (known && (known.owner !== "" || team === "unknown")) continue;
    const owner = team === "unknown" ? "" : team;
    rules.set(rule, {
      runbook: "",
      expression: "",
      declaredClass: "",
      forSeconds: 0,
      keepFiringSeconds: 0,
      ...known,
      rule,
      name: known?.name ?? name,
      owner,
    });
  }
  return [...rules.values()].map((one) => ({ ...one, runbook: one.runbook || (runbooks.get(one.rule) ?? "") }));
}

function dependenciesOf(): NoiseInput["dependencies"] {
  return Object.fromEntries(configuration().services.map(({ name, calls = [] }) => [name, calls]));
}
