/** The questions of the monthly review, answered from what is recorded. */
import type { ReviewQuestion, RuleLine } from "@/lib/contract/noise-report";
import type { Measures } from "./head-numbers";
import type { ReviewFacts } from "./review-facts";

type Row = ReviewQuestion["rows"][number];

export function answerQuestions(
  { month, recall }: Measures,
  rules: readonly RuleLine[],
  facts: ReviewFacts,
): ReviewQuestion[] {
  return [
    wokeForNothing(rules, month.pages.rows.length > 0),
    answer(
      "unused-views",
      "Which logs and dashboards did nobody use?",
      facts.unusedViews,
      "nothing records who opens logs and dashboards",
      ({ name, daysUnused }) => plain(name, daysUnused === null ? "never opened" : `${daysUnused} days unused`),
      (n) => `${n} were not opened by a person.`,
    ),
    answer(
      "access-requests",
      "Which teams asked for access that they should have had?",
      facts.accessRequests,
      "no requests for access are counted; requests made in chat are never seen",
      ({ team, resource, requests }) => plain(`${team}: ${resource}`, String(requests)),
      (n) => `${n} ${n === 1 ? "kind" : "kinds"} of access asked for.`,
    ),
    answer(
      "splits",
      "Which split added cost without reducing noise?",
      facts.splits,
      "no register of splits is kept",
      ({ name, monthlyCost, pagesBefore, pagesAfter }) =>
        plain(name, `${monthlyCost} a month; pages ${pagesBefore} before, ${pagesAfter} after`),
      (n) => `${n} ${n === 1 ? "split" : "splits"} registered. What changed with them need not be because of them.`,
    ),
    answer(
      "tool-jumps",
      "Which workflow still forces people to jump between tools?",
      facts.toolJumps,
      "work outside this tool is not recorded",
      ({ path, jumps }) => plain(path, String(jumps)),
      (n) => `${n} ${n === 1 ? "path" : "paths"} with changes of tool.`,
    ),
    missed(recall),
  ];
}

function wokeForNothing(rules: readonly RuleLine[], pagerKnown: boolean): ReviewQuestion {
  const woke = rules
    .filter(({ wakeUps }) => wakeUps > 0)
    .map((rule) => ({ rule, noise: rule.costMinutes === 0 ? 0 : rule.noiseMinutes / rule.costMinutes }))
    .sort((a, b) => b.rule.wakeUps * b.noise - a.rule.wakeUps * a.noise || (a.rule.rule < b.rule.rule ? -1 : 1))
    .slice(0, 10);
  const judged = rules.reduce((sum, { worthPaging }) => sum + worthPaging.n, 0);
  const total = rules.reduce((sum, { wakeUps }) => sum + wakeUps, 0);
  const head = { id: "woke-for-nothing", question: "Which alerts woke people for no reason?" };
  if (!pagerKnown) return { ...head, answer: "Not known because no pager has told of a page.", known: false, rows: [] };
  const rows = woke.map(({ rule, noise }) => ({
    label: rule.name,
    value:
      rule.worthPaging.n === 0
        ? `${count(rule.wakeUps, "wake-up")}, nobody judged it`
        : `${count(rule.wakeUps, "wake-up")}, ${Math.round(100 * noise)} % of its cost probably noise`,
    figure: "wake-ups" as const,
    group: `rule:${rule.rule}`,
  }));
  if (total > 0 && judged === 0) {
    return { ...head, answer: "Not known because nobody has judged an alert of this month.", known: false, rows };
  }
  const told = total === 0 ? "None: nobody was woken." : `${count(total, "wake-up")} in all, likeliest noise first.`;
  return { ...head, answer: told, known: true, rows };
}

function missed({ figures }: Measures["recall"]): ReviewQuestion {
  const head = { id: "missed", question: "What did we miss?" };
  if (figures.impacts === 0) {
    return { ...head, answer: "Not known because no impact on customers is recorded.", known: false, rows: [] };
  }
  const undetected = figures.impacts - figures.detected;
  const rows: Row[] = figures.firstDetector
    .filter(({ impacts }) => impacts > 0)
    .map(({ detector, impacts }) => ({
      label: detector,
      value: String(impacts),
      figure: "impacts",
      group: `detector:${detector}`,
    }));
  const told = `${undetected} of ${count(figures.impacts, "recorded impact")} had no page before somebody was aware. Impacts that nobody recorded are not in this.`;
  return { ...head, answer: told, known: true, rows };
}

function answer<Fact>(
  id: string,
  question: string,
  facts: readonly Fact[] | undefined,
  why: string,
  rowOf: (fact: Fact) => Row,
  tell: (n: number) => string,
): ReviewQuestion {
  if (facts === undefined) return { id, question, answer: `Not known because ${why}.`, known: false, rows: [] };
  return { id, question, answer: tell(facts.length), known: true, rows: facts.slice(0, 10).map(rowOf) };
}

function plain(label: string, value: string): Row {
  return { label, value, figure: null, group: "" };
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? "" : "s"}`;
}
