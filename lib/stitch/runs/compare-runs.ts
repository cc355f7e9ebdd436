/** This run beside healthy runs of the same workflow: which steps are missing, extra, slower or changed. Pure. */
import type { ComparedStep, RunComparison, StepChange } from "@/lib/domain/run-comparison";
import type { Run, RunStep } from "./run-steps";

/** Slower means at least twice as long, by an amount that somebody could notice. */
const SLOWER_RATIO = 2n;
const SLOWER_BY_NS = 50_000_000n;

interface Expected {
  readonly step: RunStep;
  /** The step in every healthy run that has it. */
  readonly all: readonly RunStep[];
}

/**
 * In: the run in question and at least one healthy run. A step is expected when at least half of the healthy runs have it.
 * `isCompared` tells of which attributes a different value counts. Deterministic; linear in steps.
 */
export function compareRuns(here: Run, healthy: readonly Run[], isCompared: (path: string) => boolean): RunComparison {
  const expected = expectedSteps(healthy);
  const matched = new Map<RunStep, Expected>();
  const missing = new Map<string, Expected>();
  for (const [signature, entry] of expected) {
    const step = here.bySignature.get(signature);
    if (step) matched.set(step, entry);
    else if (entry.all.length * 2 >= healthy.length) missing.set(signature, entry);
  }
  matchLoosely(here, matched, missing);
  const extra = new Set(here.steps.filter((step) => !matched.has(step)));
  const isPartial = here.orphans > 0;
  const differences = [
    ...topmost([...missing.values()].map(({ step }) => step)).map(({ step, count }) =>
      missingStep(step, count, expected.get(step.signature), isPartial),
    ),
    ...topmost([...extra]).map(({ step, count }) => extraStep(step, count, isPartial)),
    ...[...matched].flatMap(([step, entry]) => changedStep(step, entry, isCompared) ?? []),
  ];
  const totalNs = here.root ? durationOf(here.root) : 0n;
  const healthyNs = median(healthy.flatMap((run) => (run.root ? [durationOf(run.root)] : [])));
  return {
    differences: ranked(differences, totalNs - healthyNs),
    same:
      here.steps.length -
      extra.size -
      differences.filter(({ difference }) => difference === "slower" || difference === "changed").length,
    hereSteps: here.steps.length,
    healthySteps: Number(median(healthy.map((run) => BigInt(run.steps.length)))),
    hereNs: totalNs,
    healthyNs,
    hereOrphans: here.orphans,
    partialHealthyRuns: healthy.filter((run) => run.orphans > 0).length,
  };
}

function expectedSteps(healthy: readonly Run[]): Map<string, Expected> {
  const all = new Map<string, RunStep[]>();
  for (const run of healthy) {
    for (const step of run.steps) {
      const known = all.get(step.signature);
      if (known) known.push(step);
      else all.set(step.signature, [step]);
    }
  }
  return new Map([...all].flatMap(([id, steps]) => (steps[0] ? [[id, { step: steps[0], all: steps }] as const] : [])));
}

/** Where callers are missing the path is not known: service and operation must do. */
function matchLoosely(here: Run, matched: Map<RunStep, Expected>, missing: Map<string, Expected>): void {
  if (here.orphans === 0) return;
  const byLoose = new Map<string, string[]>();
  for (const [signature, { step }] of missing) byLoose.set(step.loose, [...(byLoose.get(step.loose) ?? []), signature]);
  for (const step of here.steps) {
    if (matched.has(step)) continue;
    const signature = byLoose.get(step.loose)?.shift();
    const entry = signature === undefined ? undefined : missing.get(signature);
    if (signature === undefined || !entry) continue;
    matched.set(step, entry);
    missing.delete(signature);
  }
}

/** Steps whose caller is not in the list too, each with the number of listed steps it stands for. */
function topmost(steps: readonly RunStep[]): { step: RunStep; count: number }[] {
  const counts = new Map(steps.map((step) => [step.signature, 1]));
  const tops: RunStep[] = [];
  // Callers stand before what they called: backwards, every count is complete when it is handed up.
  for (const step of steps.toReversed()) {
    const parent = step.parent && counts.get(step.parent.signature);
    if (step.parent && parent !== undefined) {
      counts.set(step.parent.signature, parent + (counts.get(step.signature) ?? 1));
    } else tops.push(step);
  }
  return tops.reverse().map((step) => ({ step, count: counts.get(step.signature) ?? 1 }));
}

function missingStep(step: RunStep, count: number, entry: Expected | undefined, isPartial: boolean): ComparedStep {
  const healthyNs = median((entry?.all ?? [step]).map(durationOf));
  return { ...placeOf(step), difference: "missing", steps: count, healthyNs, changes: [], uncertain: isPartial };
}

function extraStep(step: RunStep, count: number, isPartial: boolean): ComparedStep {
  return {
    ...placeOf(step),
    difference: "extra",
    steps: count,
    row: step.node.row,
    hereNs: durationOf(step),
    outcome: step.node.row.event.outcome,
    changes: [],
    uncertain: isPartial,
  };
}

function changedStep(
  step: RunStep,
  { all }: Expected,
  isCompared: (path: string) => boolean,
): ComparedStep | undefined {
  const changes = changesOf(step, all, isCompared);
  const [hereNs, healthyNs] = [durationOf(step), median(all.map(durationOf))];
  const isSlower = hereNs >= healthyNs * SLOWER_RATIO && hereNs - healthyNs >= SLOWER_BY_NS;
  if (changes.length === 0 && !isSlower) return undefined;
  return {
    ...placeOf(step),
    difference: changes.some(({ path }) => path === "outcome") || !isSlower ? "changed" : "slower",
    steps: 1,
    row: step.node.row,
    hereNs,
    healthyNs,
    outcome: step.node.row.event.outcome,
    changes,
    uncertain: false,
  };
}

/** Values that all healthy runs agree on and this one does not have. */
function changesOf(step: RunStep, all: readonly RunStep[], isCompared: (path: string) => boolean): StepChange[] {
  const changes: StepChange[] = [];
  const own = step.node.row.event;
  const [first, ...rest] = all.map(({ node }) => node.row.event);
  if (!first) return changes;
  if (rest.every(({ outcome }) => outcome === first.outcome) && first.outcome !== own.outcome) {
    changes.push({ path: "outcome", here: own.outcome, healthy: first.outcome });
  }
  const paths = new Set([...Object.keys(first.attributes), ...Object.keys(own.attributes)]);
  for (const path of [...paths].sort()) {
    const [here, healthy] = [own.attributes[path], first.attributes[path]];
    if (here === healthy || !isCompared(path) || rest.some(({ attributes }) => attributes[path] !== healthy)) continue;
    changes.push({ path, here: here ?? null, healthy: healthy ?? null });
  }
  return changes;
}

/** Slow steps by the share of the lost time that they spent themselves; then failures, innermost first. */
function ranked(differences: readonly ComparedStep[], lostNs: bigint): ComparedStep[] {
  const scored = differences.map((step, index) => ({ step, index, score: scoreOf(step, lostNs) }));
  return scored
    .sort((a, b) => b.score - a.score || b.step.depth - a.step.depth || a.index - b.index)
    .map(({ step }) => step);
}

function scoreOf({ difference, changes, hereNs, healthyNs, outcome }: ComparedStep, lostNs: bigint): number {
  const slowNs = difference === "missing" || difference === "extra" ? 0n : (hereNs ?? 0n) - (healthyNs ?? 0n);
  const share = lostNs >= SLOWER_BY_NS && slowNs > 0n ? Number((slowNs * 100n) / lostNs) / 100 : 0;
  const failed = outcome === "error" && changes.some(({ path }) => path === "outcome") ? 1.5 : 0;
  const base = { missing: 1.2, extra: 1, slower: 0.5, changed: 0.4 }[difference];
  return base + failed + Math.min(1, share);
}

function placeOf({ node, operation, depth }: RunStep) {
  return { service: node.row.service, operation, depth };
}

function durationOf({ node }: RunStep): bigint {
  return BigInt(node.span.durationNs);
}

function median(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.floor(sorted.length / 2)] ?? 0n;
}
