import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preparePolicy } from "@/lib/contract/noise-charts/prepare-policy";
import { NoiseReport } from "@/lib/contract/noise-report";
import { groupBy } from "@/lib/domain/group-by";
import { prepareMonth } from "./prepare-month";
import { drawnClusters, unitKey } from "./verdict-sample";
import { measureMonth } from "./measure-month";
import { tally, shrunk } from "./precision";
import { aPerson, aVerdict, SETTINGS } from "./testing/a-month";
import { randomMonth } from "./testing/random-months";
import { finish } from "./steps";

const COUNTS = ["fires", "episodes", "clusters", "pages", "interrupts", "wakeUps"] as const;
const holds = (property: (input: Parameters<typeof measureMonth>[0]) => void) =>
  fc.assert(fc.property(randomMonth, property), { numRuns: 60 });

describe("any month", () => {
  it("is a report of the contract", () => {
    holds((input) => {
      const { report } = measureMonth({ ...input, before: input }, SETTINGS);
      expect(NoiseReport.parse(report)).toEqual(report);
    });
  });

  it("has no more clusters than episodes than fires, nor wake-ups than interrupts than pages", () => {
    holds((input) => {
      const { totals } = measureMonth(input, SETTINGS).report;
      expect(totals.clusters).toBeLessThanOrEqual(totals.episodes);
      expect(totals.episodes).toBeLessThanOrEqual(totals.fires);
      expect(totals.wakeUps).toBeLessThanOrEqual(totals.interrupts);
      expect(totals.interrupts).toBeLessThanOrEqual(totals.pages);
      expect(totals.disturbedNights).toBeLessThanOrEqual(totals.wakeUps);
      expect(totals.redundantPages).toBeLessThanOrEqual(totals.pages);
    });
  });

  it("adds up to its total over hours of the day and every dimension", () => {
    holds((input) => {
      const { totals, rules, breakdowns, matrix, heat, people } = measureMonth(input, SETTINGS).report;
      const sum = (list: readonly object[], key: string) =>
        list.reduce((all, line) => all + ((line as Record<string, number>)[key] ?? 0), 0);
      expect(totals.hours.business + totals.hours.off + totals.hours.sleep).toBe(totals.pages);
      for (const lines of [rules, ...Object.values(breakdowns)]) {
        for (const key of COUNTS) expect(sum(lines, key)).toBe(totals[key]);
        expect(sum(lines, "costMinutes")).toBeCloseTo(totals.costMinutes, 6);
        expect(sum(lines, "noiseMinutes")).toBeCloseTo(totals.noiseMinutes, 6);
      }
      for (const key of ["transient", "stale", "flappingFires", "redundantPages", "orphans"] as const) {
        expect(sum(rules, key)).toBe(totals[key]);
      }
      for (const lines of [matrix, heat, people]) expect(sum(lines, "pages")).toBe(totals.pages);
    });
  });

  it("opens every number to as many rows", () => {
    holds((input) => {
      const { report, rowsOf } = measureMonth(input, SETTINGS);
      const { totals, quality, recall } = report;
      expect({
        fires: rowsOf("fires").length,
        episodes: rowsOf("episodes").length,
        clusters: rowsOf("clusters").length,
        pages: rowsOf("pages").length,
        interrupts: rowsOf("interrupts").length,
        wakeUps: rowsOf("wake-ups").length,
        disturbedNights: rowsOf("disturbed-nights").length,
        storms: rowsOf("storms").length,
        transient: rowsOf("transient").length,
        stale: rowsOf("stale").length,
        flappingFires: rowsOf("flapping").length,
        redundantPages: rowsOf("redundant-pages").length,
        orphans: rowsOf("orphans").length,
      }).toEqual(
        Object.fromEntries(
          Object.entries(totals)
            .filter(([, value]) => typeof value === "number")
            .filter(([key]) => !["costMinutes", "noiseMinutes", "onCallNights"].includes(key)),
        ),
      );
      const byEnd = report.duration.byEnd ?? [];
      expect(byEnd.reduce((sum, { n }) => sum + n, 0)).toBe(report.duration.n);
      const endings = ["ended-after-act", "ended-alone", "ending-not-known"] as const;
      expect(endings.map((figure) => rowsOf(figure).length)).toEqual(byEnd.map(({ n }) => n));
      expect(rowsOf("not-yet-known").length).toBe(quality.notYetKnown);
      const { weak } = report;
      expect([rowsOf("weak-actionable").length, rowsOf("weak-noise").length]).toEqual([weak?.actionable, weak?.noise]);
      expect(rowsOf("weak-compared").length).toBe(weak?.agreement.n);
      expect(rowsOf("sampled").length).toBe(quality.sample?.of);
      expect(rowsOf("sample-judged").length).toBe(quality.sample?.judged);
      expect(rowsOf("judged").length).toBe(quality.judged.clusters);
      expect(rowsOf("monitoring-faults").length).toBe(totals.faults.fires);
      expect(rowsOf("impacts").length).toBe(recall.impacts);
      for (const rule of report.rules) {
        const group = `rule:${rule.rule}`;
        expect(rowsOf("fires", group).length).toBe(rule.fires);
        expect(rowsOf("wake-ups", group).length).toBe(rule.wakeUps);
        expect(rowsOf("orphans", group).length).toBe(rule.orphans);
        expect(rowsOf("weak-noise", group).length).toBe(rule.weak?.noise);
        expect(rowsOf("judged", group).length).toBe(rule.worthPaging.n);
      }
      const { classes, breaches } = preparePolicy(report);
      expect(classes?.reduce((sum, { pages }) => sum + pages, 0)).toBe(totals.pages);
      for (const { group, pages } of [...(classes ?? []), ...breaches])
        expect(rowsOf("pages", group).length).toBe(pages);
      for (const { owner, paged, pages } of report.matrix) {
        expect(rowsOf("pages", [`owner:${owner}`, `paged:${paged}`]).length).toBe(pages);
      }
      for (const { weekday, hour, pages } of report.heat) {
        expect(rowsOf("pages", `cell:${weekday}-${hour}`).length).toBe(pages);
      }
      for (const line of report.people) {
        expect(rowsOf("pages", `responder:${line.responder}`).length).toBe(line.pages);
      }
    });
  });

  it("is the same to the byte in another order and with every event twice", () => {
    fc.assert(
      fc.property(randomMonth, fc.integer(), (input, seed) => {
        const shuffle = <T>(list: readonly T[]): T[] =>
          fc.sample(fc.shuffledSubarray([...list], { minLength: list.length }), { seed, numRuns: 1 })[0] ?? [];
        const twice = {
          ...input,
          fires: shuffle([...input.fires, ...input.fires]),
          pages: shuffle([...input.pages, ...input.pages]),
          verdicts: shuffle([...input.verdicts, ...input.verdicts]),
          acts: [...input.acts, ...input.acts],
          shifts: shuffle([...input.shifts, ...input.shifts]),
          responders: shuffle(input.responders),
          rules: shuffle([...input.rules, ...input.rules]),
        };
        const [one, other] = [measureMonth(input, SETTINGS), measureMonth(twice, SETTINGS)];
        expect(JSON.stringify(other.report)).toBe(JSON.stringify(one.report));
        expect(other.rowsOf("wake-ups")).toEqual(one.rowsOf("wake-ups"));
      }),
      { numRuns: 60 },
    );
  });

  it("moves hours and nothing else when a person moves to another zone", () => {
    fc.assert(
      fc.property(
        randomMonth,
        fc.constantFrom("Asia/Tokyo", "Australia/Lord_Howe", "America/Los_Angeles"),
        (input, zone) => {
          const moved = { ...input, responders: [aPerson("ana", zone), ...input.responders.slice(1)] };
          const [here, there] = [measureMonth(input, SETTINGS), measureMonth(moved, SETTINGS)].map(
            ({ report }) => report.totals,
          );
          for (const key of [
            "fires",
            "episodes",
            "clusters",
            "pages",
            "interrupts",
            "storms",
            "redundantPages",
          ] as const) {
            expect(there?.[key]).toBe(here?.[key]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("has as many starts as its weeks have together", () => {
    holds((input) => {
      const cuts = ["10-01", "10-06", "10-07", "10-15", "11-01"].map((day) => new Date(`2026-${day}T00:00:00Z`));
      const parts = cuts
        .slice(1)
        .map((to, i) => measureMonth({ ...input, from: cuts[i]!, to }, SETTINGS).report.totals);
      const whole = measureMonth(input, SETTINGS).report.totals;
      const sum = (key: (typeof COUNTS)[number]) => parts.reduce((all, part) => all + part[key], 0);
      for (const key of COUNTS) expect(sum(key)).toBe(whole[key]);
    });
  });

  it("never gives a rule a higher weighted share of worth for one more verdict of noise, whoever was asked", () => {
    fc.assert(
      fc.property(randomMonth, fc.nat(200), fc.nat(3), (input, pick, size) => {
        const fire = input.fires[pick % input.fires.length]!;
        const added = { ...input, verdicts: [...input.verdicts, aVerdict(fire.episodeId, "noise", "dee", 90)] };
        const share = (given: typeof input) => {
          const month = finish(prepareMonth(given, { ...SETTINGS, sampleSize: size }));
          const { worth, effective } = tally(month.judged.filter(({ rule }) => rule === fire.rule));
          return effective === 0 ? 1 : worth / effective;
        };
        expect(share(added)).toBeLessThanOrEqual(share(input) + 1e-12);
      }),
      { numRuns: 200 },
    );
  });

  it("draws as many clusters of each team as it should, and weighs what was judged as all that pages", () => {
    fc.assert(
      fc.property(randomMonth, fc.nat(4), (input, size) => {
        const month = finish(prepareMonth(input, { ...SETTINGS, sampleSize: size }));
        const ofRule = (rule: string) => [...month.sample.values()].filter((unit) => unit.rule === rule);
        for (const [rule, own] of groupBy(month.judged, (unit) => unit.rule)) {
          const known = own.filter((unit) => month.sample.has(unitKey(unit.cluster, rule)));
          const weights = known.reduce((sum, { weight }) => sum + weight, 0);
          const isWeighed = own.some(({ asked }) => asked);
          expect(weights).toBeCloseTo(isWeighed ? ofRule(rule).length : known.length, 9);
          for (const { asked, weight } of own) expect(weight).toBeGreaterThanOrEqual(asked ? 1 - 1e-12 : 1);
        }
        const clusters = new Set([...month.sample.values()].map(({ cluster }) => cluster)).size;
        expect(drawnClusters(month, false).length).toBeLessThanOrEqual(clusters);
        expect(drawnClusters(month, false).length).toBeGreaterThanOrEqual(Math.min(size, clusters));
      }),
      { numRuns: 60 },
    );
  });

  it("says of weak labels the same whatever people say, and of worth the same whatever the labels are", () => {
    holds((input) => {
      const report = measureMonth(input, SETTINGS).report;
      const unsaid = measureMonth({ ...input, verdicts: [] }, SETTINGS).report;
      const labels = ({ rules }: typeof report) =>
        Object.fromEntries(rules.map(({ rule, weak }) => [rule, [weak?.actionable, weak?.noise]]));
      expect(labels(unsaid)).toEqual(labels(report));
      expect(unsaid.rules.map(({ worthPaging }) => worthPaging.n)).toEqual(unsaid.rules.map(() => 0));
    });
  });

  // The weight of the prior is estimated from all verdicts and may move with one more: then a rule with few verdicts of
  // its own can seem a little worthier. What is promised is promised for a weight that stays, and for verdicts that all
  // weigh the same: of others one more may make the estimate surer, and so draw it less to its prior.
  it("never finds a rule worthier for one more verdict of noise, while the prior weighs the same", () => {
    fc.assert(
      fc.property(randomMonth, fc.nat(200), fc.double({ min: 1, max: 4, noNaN: true }), (input, pick, strength) => {
        const fire = input.fires[pick % input.fires.length]!;
        const added = { ...input, verdicts: [...input.verdicts, aVerdict(fire.episodeId, "noise", "dee", 90)] };
        const worth = (given: typeof input) => {
          const month = finish(prepareMonth(given, { ...SETTINGS, sampleSize: 0 }));
          const votes = tally(month.judged.filter(({ rule }) => rule === fire.rule));
          return shrunk(votes.worth, votes.effective, {
            mean: month.priorWorth(fire.team || "unknown").mean,
            strength,
          });
        };
        const [before, after] = [worth(input), worth(added)];
        expect(after.mean).toBeLessThanOrEqual(before.mean + 1e-12);
        expect(after.high).toBeLessThanOrEqual(before.high + 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  it("loses nobody between acknowledged, over before that and still open", () => {
    holds((input) => {
      const { ack } = measureMonth(input, SETTINGS).report;
      expect(ack.acked + ack.resolvedFirst + ack.open).toBe(ack.n);
      for (const { acked, resolvedFirst } of ack.within) expect(acked + resolvedFirst).toBeLessThanOrEqual(1 + 1e-9);
    });
  });
});
