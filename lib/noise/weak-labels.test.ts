import { expect, it } from "vitest";
import { measureMonth } from "./measure-month";
import { aFire, aMonth, anImpact, aPage, aVerdict, HOUR, MINUTE, MONDAY, SETTINGS } from "./testing/a-month";

/** Each in a cluster of its own, gone after two minutes, paged once, unless said otherwise. */
const fires = ["quiet", "acked", "long", "linked", "hit"].map((id, i) =>
  aFire(id, MONDAY + i * 6 * HOUR, { endsAt: MONDAY + i * 6 * HOUR + (id === "long" ? 60 : 2) * MINUTE }),
);
const pages = fires.map(({ id, startsAt }) => {
  const ackedAt = id === "acked" ? new Date(startsAt + MINUTE) : null;
  return aPage(`p-${id}`, startsAt, { episodeId: id, ackedAt, ackedBy: ackedAt === null ? null : "ana" });
});
const startOf = (id: string) => fires.find((fire) => fire.id === id)?.startsAt ?? 0;
const link = {
  kind: "incident-link" as const,
  service: "checkout",
  episodeId: "linked",
  at: new Date(startOf("linked")),
};
const month = aMonth({ fires, pages, acts: [link], impacts: [anImpact("i", startOf("hit") - MINUTE)] });

it("labels what an incident or an impact belongs to, and what passed without anybody acting on it, and nothing else", () => {
  const { report, rowsOf } = measureMonth(month, SETTINGS);
  expect(rowsOf("weak-actionable")).toEqual(["linked", "hit"]);
  expect(rowsOf("weak-noise")).toEqual(["quiet"]);
  expect(report.weak).toMatchObject({ actionable: 2, noise: 1, agreement: { value: null, n: 0 } });
  expect(report.rules[0]?.worthPaging).toMatchObject({ value: null, n: 0 });
});

it("labels nothing noise that is too young to tell", () => {
  const young = { ...month, watermark: new Date(startOf("quiet") + 71 * HOUR) };
  expect(measureMonth(young, SETTINGS).rowsOf("weak-noise")).toEqual([]);
});

it("tells how often people say the same of the same, also of what a verdict keeps from being an orphan", () => {
  const few = { ...SETTINGS, fewVerdicts: 3 };
  const said = [aVerdict("quiet", "actionable"), aVerdict("linked", "actionable"), aVerdict("hit", "noise")];
  const { report, rowsOf } = measureMonth({ ...month, verdicts: said }, few);
  expect(report.totals.orphans).toBeLessThan(measureMonth(month, few).report.totals.orphans);
  expect(rowsOf("weak-compared")).toEqual(["quiet", "linked", "hit"]);
  expect(report.weak?.agreement).toMatchObject({ value: 1 / 3, n: 3 });
  expect(measureMonth({ ...month, verdicts: said }, SETTINGS).report.weak?.agreement).toMatchObject({
    value: null,
    why: "too few with a verdict (1 of 3 agree)",
  });
});
