/** The appendix of a review on paper: every rule, what fires together, what every number means and how sure it is. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { groupText, prepareCofiring } from "@/lib/contract/noise-charts/prepare-cofiring";
import {
  ENDING_WORDS,
  ESTIMATE_NOTE,
  estimateText,
  formatValue,
  isVolunteered,
  LINT_WORDS,
  minutesText,
  secondsText,
  weakText,
} from "@/lib/contract/noise-charts/report-words";
import { CLASS_WORDS, preparePolicy } from "@/lib/contract/noise-charts/prepare-policy";
import { RULE_CLASSES } from "@/lib/domain/rule-class";
import type { ReviewView } from "@/lib/contract/review";
import { drawTable } from "./draw-table";
import { INK, type Sheet } from "./sheet";

const RULES = 40;
const LISTED = 40;
const PAIRS = 20;

export function drawAppendix(sheet: Sheet, view: ReviewView): void {
  const { report } = view;
  sheet.line("Appendix", { size: 15, strong: true });
  sheet.y += 22;
  sheet.heading("Rules by cost of noise");
  const rules = [...report.rules].sort((a, b) => b.noiseMinutes - a.noiseMinutes || (a.rule < b.rule ? -1 : 1));
  drawTable(
    sheet,
    [
      { name: "Rule", share: 3 },
      { name: "Owner", share: 1.8 },
      { name: "Noise", share: 1.2, right: true },
      { name: "Pages", share: 0.8, right: true },
      { name: "Woke", share: 0.8, right: true },
      { name: "Worth paging", share: 1.9 },
      { name: "Against it", share: 2.8 },
    ],
    rules
      .slice(0, RULES)
      .map((one) => [
        one.name,
        one.owner === "" || one.owner === "unknown" ? "nobody" : one.owner,
        minutesText(one.noiseMinutes),
        String(one.pages),
        String(one.wakeUps),
        `${estimateText(one.worthPaging, "share")}${isVolunteered(one) ? " *" : ""}`,
        one.lint.map((word) => LINT_WORDS[word] ?? word).join(", "),
      ]),
  );
  if (rules.length > RULES) more(sheet, RULES, rules.length, "rules");
  if (rules.some(isVolunteered)) {
    sheet.paragraph("* by volunteered verdicts alone, likely biased", { size: 8, colour: INK.muted });
  }
  sheet.heading("What pages people");
  for (const sentence of policySentences(report)) sheet.paragraph(sentence, { size: 8.5 });
  sheet.heading("Totals");
  sheet.paragraph(totalsText(report));
  drawEstimates(sheet, report);
  drawTogether(sheet, report);
  sheet.heading("How long alerts were on");
  for (const sentence of durationSentences(report)) sheet.paragraph(sentence, { size: 8.5 });
  sheet.heading("What the numbers mean");
  for (const { title, definition } of report.numbers) sheet.paragraph(`${title}: ${definition}`, { size: 8.5 });
  sheet.heading("How far this can be trusted");
  for (const sentence of qualitySentences(view)) sheet.paragraph(sentence, { size: 8.5 });
  sheet.heading("Silences older than 30 days");
  for (const sentence of silenceSentences(view)) sheet.paragraph(sentence, { size: 8.5 });
  sheet.heading("Rules that did not fire in 180 days");
  for (const sentence of neverFiredSentences(view)) sheet.paragraph(sentence, { size: 8.5 });
  sheet.heading("Questions");
  for (const { question, answer } of report.questions) {
    sheet.paragraph(question, { size: 8.5, strong: true });
    sheet.paragraph(answer, { size: 8.5 });
  }
}

function policySentences(report: NoiseReport): string[] {
  const { classes, breaches } = preparePolicy(report);
  const told = ({ rules, pages, costMinutes }: (typeof breaches)[number]) =>
    `${String(rules)} ${rules === 1 ? "rule" : "rules"}, ${String(pages)} ${pages === 1 ? "page" : "pages"}, ${minutesText(costMinutes)}`;
  return [
    ...(classes === null
      ? ["What rules watch was not measured when this month was signed."]
      : RULE_CLASSES.flatMap((one) =>
          classes.filter(({ key }) => key === one).map((line) => `${CLASS_WORDS[one]}: ${told(line)}.`),
        )),
    ...breaches.map((line) => `Against the policy, ${LINT_WORDS[line.key] ?? line.key}: ${told(line)}.`),
  ];
}

function drawEstimates(sheet: Sheet, { estimated }: NoiseReport): void {
  if (estimated === null || estimated.receivers.length === 0) return;
  sheet.heading("Estimated pages");
  sheet.paragraph(ESTIMATE_NOTE, { size: 8.5 });
  drawTable(
    sheet,
    [
      { name: "Receiver", share: 3 },
      { name: "Notifications", share: 1, right: true },
      { name: "Estimated pages", share: 2, right: true },
    ],
    estimated.receivers.map(({ receiver, notifications, pages }) => [
      ...[receiver, String(notifications), estimated.scheduleKnown ? String(pages) : "not known: no schedule"],
    ]),
  );
}

function drawTogether(sheet: Sheet, report: NoiseReport): void {
  const { finding, pairs, groups, note } = prepareCofiring(report);
  sheet.heading("Rules that fire together");
  sheet.paragraph(`${finding}.${note === "" ? "" : ` ${note}`}`, { size: 8.5 });
  for (const group of groups.slice(0, LISTED)) {
    sheet.paragraph(`•  ${groupText(group)}: ${formatValue(group.share, "share")} of their starts shared`, {
      size: 8.5,
    });
  }
  if (groups.length > LISTED) more(sheet, LISTED, groups.length, "groups");
  if (pairs.length === 0) return;
  drawTable(
    sheet,
    [
      { name: "First", share: 3 },
      { name: "Then", share: 3 },
      { name: "After", share: 1.2, right: true },
      { name: "Together", share: 1, right: true },
      { name: "By chance", share: 1, right: true },
      { name: "Of the rarer", share: 1.2, right: true },
    ],
    pairs
      .slice(0, PAIRS)
      .map(({ a, b, lagSeconds, together, expected, share }) => [
        ...[a, b, secondsText(lagSeconds), String(together), expected.toFixed(1), formatValue(share, "share")],
      ]),
  );
  if (pairs.length > PAIRS) more(sheet, PAIRS, pairs.length, "pairs");
}

function durationSentences({ duration }: NoiseReport): string[] {
  const { n, medianSeconds, p90Seconds, byEnd } = duration;
  if (n === 0) return ["No alert of this month was seen to end."];
  const told = (one: Pick<typeof duration, "n" | "medianSeconds" | "p90Seconds">) =>
    one.medianSeconds === null
      ? `${String(one.n)} fires`
      : `${String(one.n)} fires, half of them at most ${secondsText(one.medianSeconds)}, 90 % at most ${secondsText(one.p90Seconds)}`;
  return [
    `All that their source resolved: ${told({ n, medianSeconds, p90Seconds })}.`,
    ...(byEnd === null
      ? ["Who ended them was not measured when this month was signed."]
      : byEnd.map((one) => `${ENDING_WORDS[one.ending]}: ${told(one)}.`)),
  ];
}

function more(sheet: Sheet, shown: number, of: number, what: string): void {
  sheet.paragraph(`${String(shown)} shown of ${String(of)} ${what}; the CSV has all.`, { size: 8, colour: INK.muted });
}

function neverFiredSentences({ listed, ruleSet }: ReviewView): string[] {
  if (ruleSet === null) return ["Not known because no source told which rules there are."];
  const told = listedSentences(listed, "never-fired");
  return told.length === 0 ? ["None."] : told;
}

/** The CSV has all. */
function listedSentences(listed: ReviewView["listed"], kind: ReviewView["listed"][number]["kind"]): string[] {
  const own = listed.filter((one) => one.kind === kind);
  const told = own
    .slice(0, LISTED)
    .map(({ label, since }) => (since === null ? label : `${label}, since ${since.slice(0, 10)}`));
  return own.length > told.length
    ? [...told, `${String(LISTED)} shown of ${String(own.length)}; the CSV has all.`]
    : told;
}

function silenceSentences({ listed, silencesUnknown }: ReviewView): string[] {
  const told = listedSentences(listed, "old-silence");
  if (silencesUnknown !== "") return [`Not known because ${silencesUnknown}.`, ...told];
  return told.length === 0 ? ["None."] : told;
}

function totalsText({ totals }: NoiseReport): string {
  const { fires, episodes, clusters, pages, interrupts, wakeUps, disturbedNights, transient, orphans } = totals;
  return [
    `${String(fires)} fires, ${String(episodes)} episodes, ${String(clusters)} clusters, ${String(pages)} pages, ${String(interrupts)} interrupts, ${String(wakeUps)} wake-ups in ${String(disturbedNights)} disturbed nights.`,
    `${String(transient)} transient, ${String(orphans)} pages that nobody acted on; monitoring faults: ${String(totals.faults.fires)} fires.`,
    `Pages cost ${minutesText(totals.costMinutes)}, of which ${minutesText(totals.noiseMinutes)} were probably for nothing.`,
  ].join(" ");
}

function sampleText(sample: NoiseReport["quality"]["sample"]): string {
  if (sample === null) return "none were drawn at random then";
  return `of ${String(sample.of)} drawn at random ${String(sample.judged)} were judged`;
}

function weakSentence({ weak }: NoiseReport): string {
  if (weak === null) return "Weak labels were not measured when this month was signed.";
  return `Weak labels, counted nowhere else: ${String(weak.actionable)} clusters worth it by an incident or impact, ${String(weak.noise)} noise by nobody acting on what soon passed. People who judged the same agree: ${weakText(weak)}.`;
}

function qualitySentences({ report, suppressed }: ReviewView): string[] {
  const { quality, settings } = report;
  const few = suppressed.filter((one) => one !== "notes");
  return [
    ...quality.coverage.map(
      ({ source, hours, ofHours }) => `${source} was heard ${hours.toFixed(0)} of ${ofHours.toFixed(0)} hours.`,
    ),
    ...(quality.coverage.length === 0 ? ["Hours heard: not known, no source of alerts was polled."] : []),
    `${String(quality.judged.clusters)} of ${String(quality.judged.of)} clusters were judged; ${sampleText(quality.sample)}; ${String(quality.notYetKnown)} are too young to call.`,
    weakSentence(report),
    `Zone assumed for ${String(quality.zoneAssumed.pages)} of ${String(quality.zoneAssumed.of)} pages. ${String(quality.lostResolves)} resolves never came. ${String(quality.duplicatesMerged)} copies were merged. ${String(quality.estimatedPages)} estimated pages are not in the totals.`,
    `${String(quality.withoutService)} fires without a service, ${String(quality.withoutOwner)} without an owner.`,
    `A page costs ${String(settings.cost.business)} person-minutes in working hours, ${String(settings.cost.off)} outside, ${String(settings.cost.sleep)} asleep, ${String(settings.cost.redundant)} when the same cluster paged already.`,
    ...(suppressed.includes("notes") ? ["Notes are hidden for the role that this was made for."] : []),
    ...(few.length === 0 ? [] : [`Not shown, because it would say who: ${few.join(", ")}.`]),
  ];
}
