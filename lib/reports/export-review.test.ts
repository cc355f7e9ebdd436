/** One review in four files: the same numbers, nothing that acts, the same bytes every time. */
import { describe, expect, it } from "vitest";
import { ruleLine, sampleReport, sampleReview } from "@/lib/contract/testing/sample-report";
import type { NoiseReport } from "@/lib/contract/noise-report";
import type { DecisionView, ReviewView } from "@/lib/contract/review";
import { exportReviewCsv } from "./export-review-csv";
import { exportReviewJson } from "./export-review-json";
import { exportReviewMarkdown } from "./export-review-markdown";
import { exportReviewPdf } from "./export-review-pdf";

const report = sampleReport({
  rules: [
    ruleLine("CheckoutSlow", { noiseMinutes: 600, pages: 17, wakeUps: 9 }),
    ruleLine("=HYPERLINK(1)", { noiseMinutes: 30 }),
  ],
});
const numbers = report.numbers.map((one, index) => ({
  ...one,
  estimate: { value: 11 + index, low: 5, high: 30 + index, n: 40, why: "" },
})) as NoiseReport["numbers"];
const totals = { ...report.totals, fires: 812, pages: 437, wakeUps: 63 };
const view = sampleReview({
  report: { ...report, numbers, totals, sentences: ["Two rules make [half](http://evil.example) of it."] },
});

describe("a review as files", () => {
  it("says the same five numbers and totals in each, to the unit", async () => {
    const pdf = (await exportReviewPdf(view, { compress: false })).toString("latin1");
    expect(pdf.startsWith("%PDF-")).toBe(true);
    const csv = exportReviewCsv(view);
    const markdown = exportReviewMarkdown(view, "https://t.example/review/2026-10");
    const json = JSON.parse(exportReviewJson(view)) as typeof view;
    expect(json.report.totals).toMatchObject({ fires: 812, pages: 437, wakeUps: 63 });
    for (const [index, { id, title }] of numbers.entries()) {
      expect(csv).toContain(`,number,${id},${title},value,${String(11 + index)},5,${String(30 + index)},40,times,`);
      expect(markdown).toContain(`- ${title}: ${String(11 + index)} (5–${String(30 + index)}) times`);
      expect(json.report.numbers[index]?.estimate.value).toBe(11 + index);
    }
    expect(csv).toContain(",total,,,pages,437,,,,pages,");
  });

  it("gives no spreadsheet a formula and no chat a link", () => {
    expect(exportReviewCsv(view)).toContain("'=HYPERLINK(1)");
    expect(exportReviewCsv(view)).not.toMatch(/(^|,)=/m);
    const markdown = exportReviewMarkdown(view, "https://t.example/review/2026-10");
    expect(markdown).not.toContain("](http://evil.example)");
    expect(markdown.trimEnd().split("\n").length).toBeLessThanOrEqual(15);
    expect(markdown.trimEnd().endsWith("https://t.example/review/2026-10")).toBe(true);
  });

  it("keeps the way back in chat however much was decided, and counts no dropped decision", () => {
    const decision = (index: number): DecisionView => ({
      ...{
        id: String(index),
        month: "2026-10",
        rule: "A",
        ruleName: `Rule ${String(index)}`,
        kind: "tune",
        owner: "Orders",
      },
      ...{ dueOn: "2026-12-01", why: "heals itself", state: index === 0 ? "dropped" : "open", by: "Mia", second: null },
      ...{ expected: { pages: null, wakeUps: null, personMinutes: null, words: "" }, mayConfirm: false, doneAt: null },
      ...{ createdAt: "2026-11-01T00:00:00.000Z", version: 1, carried: 0, measured: null, notMeasured: "" },
    });
    const full = { ...view, decisions: Array.from({ length: 8 }, (_, index) => decision(index)) };
    full.report = { ...full.report, sentences: ["One.", "Two.", "Three."] };
    const lines = exportReviewMarkdown(full, "https://t.example/review/2026-10").trimEnd().split("\n");
    expect(lines).toHaveLength(15);
    expect(lines.at(-1)).toBe("https://t.example/review/2026-10");
    expect(lines.at(-2)).toBe("3 more decisions");
    expect(lines.join()).not.toContain("Rule 0");
  });

  it("lists old silences in each, or says why they are not known", async () => {
    const since = "2026-08-01T00:00:00.000Z";
    const listed: ReviewView["listed"] = [{ kind: "old-silence", label: "service=shop", since }];
    const known = { ...view, listed, ruleSet: "a" };
    expect(exportReviewCsv(known)).toContain(`,old-silence,service=shop,service=shop,since,,,,,,${since}`);
    expect(exportReviewMarkdown(known, "https://t.example")).toContain(
      "Ask about: 1 silences older than 30 days, 0 rules",
    );
    const rules: ReviewView["listed"] = [{ kind: "never-fired", label: "DiskNeverFull", since }];
    expect(exportReviewCsv({ ...known, listed: rules })).toContain(",never-fired,DiskNeverFull,");
    expect(exportReviewMarkdown({ ...known, listed: rules }, "x")).toContain(
      "Ask about: 0 silences older than 30 days, 1 rules",
    );
    const unknown = { ...view, silencesUnknown: "no alert manager was asked for its silences yet" };
    expect(exportReviewCsv(unknown)).toContain(",notKnown,,,,,,no alert manager was asked for its silences yet");
    expect((await exportReviewPdf(unknown)).equals(await exportReviewPdf(known))).toBe(false);
  });

  it("tells what fires together and how alerts ended, or that a month signed before was not asked", async () => {
    const pair = {
      p: 1e-9,
      lift: 90,
      lagLow: 10,
      lagHigh: 40,
      expected: 0.1,
      together: 12,
      share: 0.8,
      lagSeconds: 30,
    };
    const asked = sampleReport({
      rules: [ruleLine("r1", { name: "Database" }), ruleLine("r2", { name: "=Checkout" })],
      cofiring: [{ a: "r1", b: "r2", ...pair }],
      cofiringGroups: { groups: [{ rules: ["r1", "r2"], lead: "r1", share: 0.8 }], rules: 2, of: 2 },
      duration: {
        ...{ n: 9, medianSeconds: 60, p90Seconds: 300 },
        byEnd: [{ ending: "alone", n: 9, medianSeconds: 60, p90Seconds: 300 }],
      },
    });
    const csv = exportReviewCsv(sampleReview({ report: asked }));
    expect(csv).toContain(',fires-together,r1 + r2,"Database, then =Checkout",together,12,,,,episodes,');
    expect(csv).toContain(',group-of-rules,1,"Database, then =Checkout",share,0.8,,,2,share,');
    expect(csv).toContain(",duration,alone,,median,60,,,9,seconds,");
    const before = sampleReview({
      report: { ...asked, cofiringGroups: null, duration: { ...asked.duration, byEnd: null } },
    });
    expect(exportReviewCsv(before)).toContain(",group-of-rules,,,notKnown,,,,,,Groups were not measured");
    expect(exportReviewCsv(before)).not.toContain(",duration,alone,");
    expect((await exportReviewPdf(before)).equals(await exportReviewPdf(sampleReview({ report: asked })))).toBe(false);
  });

  it("tells estimated pages apart from counted ones, and of no person without a schedule", () => {
    const receivers = [{ receiver: "pager", notifications: 7, pages: 9 }];
    const csvOf = (scheduleKnown: boolean) =>
      exportReviewCsv(sampleReview({ report: sampleReport({ estimated: { receivers, scheduleKnown } }) }));
    expect(csvOf(true)).toContain(",estimated,pager,,pages,9,,,,estimated pages,");
    expect(csvOf(true)).toContain(",total,,,pages,0,");
    expect(csvOf(false)).toContain(",estimated,pager,,pages,,,,,estimated pages,no schedule is known");
  });

  it("has the same bytes for the same review", async () => {
    expect((await exportReviewPdf(view)).equals(await exportReviewPdf(view))).toBe(true);
    expect(exportReviewCsv(view)).toBe(exportReviewCsv(view));
  });

  it("keeps a name with line ends and direction marks in its place", async () => {
    const hostile = sampleReview({
      report: sampleReport({ rules: [ruleLine("x\u202Egnp\r\n% 0 obj", { noiseMinutes: 5 })] }),
    });
    expect((await exportReviewPdf(hostile)).length).toBeGreaterThan(1_000);
    expect(
      exportReviewCsv(hostile)
        .split("\r\n")
        .every((line) => !line.startsWith("%")),
    ).toBe(true);
  });
});
