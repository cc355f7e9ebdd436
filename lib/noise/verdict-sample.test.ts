import { describe, expect, it } from "vitest";
import { measureMonth } from "./measure-month";
import { aFire, aMonth, aPage, aVerdict, HOUR, MONDAY, SETTINGS } from "./testing/a-month";

/** One rule that pages every two hours: 40 clusters of one episode each. */
const fires = Array.from({ length: 40 }, (_, i) => aFire(`f${i}`, MONDAY + i * 6 * HOUR));
const pages = fires.map(({ id, startsAt }) => aPage(`p-${id}`, startsAt, { episodeId: id }));
const month = aMonth({ fires, pages });
const asked = (ids: readonly string[], verdict: "actionable" | "noise") =>
  ids.map((id) => ({ ...aVerdict(id, verdict, "owner", 60), via: "backlog" as const }));

describe("the clusters that people are asked to judge", () => {
  const { toJudge, report, rowsOf } = measureMonth(month, SETTINGS);

  it("are twenty of each team, the same for everybody, and other ones for another key", () => {
    expect(new Set(toJudge).size).toBe(20);
    expect(report.quality.sample).toEqual({ judged: 0, of: 20 });
    expect([...rowsOf("sampled")].sort()).toEqual([...toJudge].sort());
    expect(measureMonth({ ...month, fires: [...fires].reverse() }, SETTINGS).toJudge).toEqual(toJudge);
    expect(measureMonth({ ...month, sampleKey: "other" }, SETTINGS).toJudge).not.toEqual(toJudge);
    const teams = fires.map((fire, i) => ({ ...fire, team: i % 2 === 0 ? "shop" : "store", service: `s${i % 2}` }));
    expect(measureMonth({ ...month, fires: teams }, SETTINGS).toJudge).toHaveLength(40);
  });

  it("do not change by what people volunteer, and need nobody once they are judged", () => {
    const volunteered = fires.slice(0, 15).map(({ id }) => aVerdict(id, "noise"));
    const judged = measureMonth(
      { ...month, verdicts: [...volunteered, ...asked(toJudge.slice(0, 5), "noise")] },
      SETTINGS,
    );
    expect(judged.rowsOf("sampled")).toEqual(rowsOf("sampled"));
    const done = new Set([...volunteered.map(({ episodeId }) => episodeId), ...toJudge.slice(0, 5)]);
    expect(judged.toJudge).toEqual(toJudge.filter((id) => !done.has(id)));
  });

  it("are only those that page and are no fault of the monitoring", () => {
    const quiet = [
      aFire("silenced", MONDAY + 7 * HOUR, { suppressed: true, rule: "Silenced", service: "a" }),
      aFire("ticket", MONDAY + 8 * HOUR, { route: "ticket", rule: "Ticket", service: "b" }),
      aFire("fault", MONDAY + 9 * HOUR, { monitoringFault: true, rule: "Fault", service: "c" }),
      aFire("pages", MONDAY + 10 * HOUR, { rule: "Pages", service: "d" }),
    ];
    expect(measureMonth(aMonth({ fires: quiet }), SETTINGS).toJudge).toEqual(["pages"]);
  });
});

describe("worth by what was asked for and what was volunteered", () => {
  const { toJudge } = measureMonth(month, SETTINGS);
  const lineOf = (verdicts: ReturnType<typeof aVerdict>[]) =>
    measureMonth({ ...month, verdicts }, SETTINGS).report.rules[0];
  const others = fires.map(({ id }) => id).filter((id) => !toJudge.includes(id));

  it("lets what was asked for stand for all that nobody volunteered for", () => {
    // Ten complaints; ten asked for, all worth it, stand for the other thirty.
    const complaints = others.slice(0, 10).map((id) => aVerdict(id, "noise"));
    const line = lineOf([...complaints, ...asked(toJudge.slice(0, 10), "actionable")]);
    expect(line?.basis).toMatchObject({ asked: 10, volunteered: 10, of: 40 });
    expect(line?.basis?.effective).toBeCloseTo(40 ** 2 / (10 + 10 * 3 ** 2), 9);
    const unweighted = lineOf([...complaints, ...toJudge.slice(0, 10).map((id) => aVerdict(id, "actionable"))]);
    expect(unweighted?.basis).toMatchObject({ asked: 0, volunteered: 20, effective: 20 });
    expect(unweighted?.worthPaging.value).toBeCloseTo(0.5, 1);
    expect(line?.worthPaging.value).toBeGreaterThan(0.65);
  });

  it("takes what somebody volunteered before it was asked for as volunteered", () => {
    const [first] = toJudge as [string];
    const before = aVerdict(first, "noise", "ana", 1);
    expect(lineOf([before, ...asked([first], "noise")])?.basis).toMatchObject({ asked: 0, volunteered: 1 });
    expect(
      lineOf([{ ...before, createdAt: new Date(MONDAY + 99 * HOUR) }, ...asked([first], "noise")])?.basis,
    ).toMatchObject({
      asked: 1,
      volunteered: 0,
    });
  });

  it("takes a verdict in the backlog on what was not drawn for volunteered", () => {
    expect(lineOf(asked(others.slice(0, 6), "noise"))?.basis).toMatchObject({ asked: 0, volunteered: 6, effective: 6 });
  });
});
