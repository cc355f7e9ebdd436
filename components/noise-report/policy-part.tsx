/** What pages: rules by what they watch, and breaches of the paging policy, each with its pages and what these cost. */
import { CLASS_WORDS, preparePolicy, type PolicyLine } from "@/lib/contract/noise-charts/prepare-policy";
import { LINT_WORDS, minutesText } from "@/lib/contract/noise-charts/report-words";
import type { Figure, NoiseReport } from "@/lib/contract/noise-report";
import { RULE_CLASSES } from "@/lib/domain/rule-class";
import { Table } from "../ui/table";
import { OpenCount } from "./open-count";

type OnOpen = (figure: Figure, title: string, group: string) => void;

export function PolicyPart({ report, onOpen }: { report: NoiseReport; onOpen: OnOpen }) {
  const { classes, breaches } = preparePolicy(report);
  if (report.totals.pages === 0) return <p className="text-muted">No page is known for this month.</p>;
  return (
    <>
      {classes === null ? (
        <p className="text-muted">What rules watch was not measured when this month was signed.</p>
      ) : (
        <Lines label="By what they watch" lines={classes} nameOf={classWords} onOpen={onOpen} />
      )}
      <Lines
        label="Against the paging policy"
        lines={breaches}
        nameOf={(word) => LINT_WORDS[word] ?? word}
        onOpen={onOpen}
      />
      <p className="text-small text-muted">A rule may have several things against it, so these lines do not add up.</p>
    </>
  );
}

function Lines({
  label,
  lines,
  nameOf,
  onOpen,
}: {
  label: string;
  lines: readonly PolicyLine[];
  nameOf: (key: string) => string;
  onOpen: OnOpen;
}) {
  if (lines.length === 0) return null;
  return (
    <Table label={label} columns={[label, "Rules", "Pages", "Cost"]}>
      {lines.map(({ key, group, rules, pages, costMinutes }) => (
        <tr key={key} className="border-t border-line/60">
          <th scope="row" className="w-1/2 py-1 pr-4 text-left font-normal">
            {nameOf(key)}
          </th>
          <td className="pr-4">{rules}</td>
          <td className="pr-4">
            <OpenCount
              count={pages}
              of={nameOf(key)}
              onOpen={() => {
                onOpen("pages", nameOf(key), group);
              }}
            />
          </td>
          <td className="pr-4 whitespace-nowrap">{minutesText(costMinutes)}</td>
        </tr>
      ))}
    </Table>
  );
}

function classWords(key: string): string {
  const known = RULE_CLASSES.find((one) => one === key);
  return known === undefined ? key : CLASS_WORDS[known];
}
