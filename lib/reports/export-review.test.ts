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
