import { expect, it } from "vitest";
import { estimatePages } from "./estimate-pages";
import { measureMonth } from "./measure-month";
import { aFire, aMonth, aPage, aPerson, aShift, HOUR, MONDAY, SETTINGS } from "./testing/a-month";

const fires = [
  aFire("first", MONDAY, { episodeId: "e" }),
  aFire("again", MONDAY + HOUR / 2, { episodeId: "e" }),
  aFire("ticket", MONDAY, { route: "ticket" }),
  aFire("silenced", MONDAY, { suppressed: true }),
  aFire("others", MONDAY, { team: "store", receiver: "store-pager" }),
];
const people = [aPerson("ana", "Europe/Berlin"), aPerson("bo", null), aPerson("cy", null, "ops")];
const day = ["2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z"] as const;
const shifts = [
  aShift("ana", ...day),
  aShift("ana", ...day),
  aShift("bo", "2026-10-05T00:00:00Z", "2026-10-05T14:00:00Z"),
  aShift("cy", ...day),
];

it("is one for each notified episode and each person of its team whose shift holds its start", () => {
  const pages = estimatePages(fires, shifts, people);
  expect(pages.map(({ episodeId, responderId }) => [episodeId, responderId])).toEqual([["e", "ana"]]);
  expect(pages[0]).toMatchObject({ estimated: true, pagedAt: new Date(MONDAY), ackedAt: null });
});

it("is told by receiver, apart from all totals, and counts notifications where no shift is known", () => {
  const month = aMonth({ fires, shifts, responders: people, pages: estimatePages(fires, shifts, people) });
  const { report, rowsOf } = measureMonth(month, SETTINGS);
  expect(report.estimated).toEqual({
    receivers: [
      { receiver: "pager", notifications: 1, pages: 1 },
      { receiver: "store-pager", notifications: 1, pages: 0 },
    ],
    scheduleKnown: true,
  });
  expect(report.totals).toMatchObject({ pages: 0, wakeUps: 0, interrupts: 0, costMinutes: 0 });
  expect(report.people.every(({ pages }) => pages === 0)).toBe(true);
  expect(rowsOf("estimated-notifications", "receiver:pager")).toEqual(["e"]);
  expect(rowsOf("estimated-pages", "receiver:pager")).toHaveLength(1);
  expect(rowsOf("estimated-pages", "receiver:store-pager")).toEqual([]);
  expect(measureMonth(aMonth({ fires }), SETTINGS).report.estimated?.scheduleKnown).toBe(false);
});

it("estimates nothing once a pager told of a page", () => {
  const { report } = measureMonth(aMonth({ fires, pages: [aPage("p", MONDAY, { episodeId: "e" })] }), SETTINGS);
  expect(report.estimated?.receivers).toEqual([]);
});
