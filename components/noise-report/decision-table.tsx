"use client";

/** Decisions with owner, date, and what they brought beside what was expected. */
import type { DecisionChange, DecisionView } from "@/lib/contract/review";
import { Button } from "../ui/button";
import { SureButton } from "../ui/sure-button";
import { Table } from "../ui/table";
import { DECISION_WORDS, minutesText } from "@/lib/contract/noise-charts/report-words";

export type DecisionStep = DecisionChange["to"];

export function DecisionTable({
  label,
  decisions,
  none,
  onStep,
}: {
  label: string;
  decisions: readonly DecisionView[];
  none: string;
  /** Null for those who only read. */
  onStep: ((decision: DecisionView, step: DecisionStep) => void) | null;
}) {
  if (decisions.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <Table label={label} columns={["Decision", "Why", "Owner", "Due", "Expected in 30 days", "Measured", "State", ""]}>
      {decisions.map((one) => (
        <tr key={one.id} className="border-t border-line/60 align-top">
          <th scope="row" className="py-1 pr-4 text-left font-normal">
            <span className="font-strong">{DECISION_WORDS[one.kind]}</span> {one.ruleName}
          </th>
          <td className="max-w-72 py-1 pr-4 text-small">{one.why}</td>
          <td className="py-1 pr-4">{one.owner === "" ? "nobody" : one.owner}</td>
          <td className="py-1 pr-4 whitespace-nowrap">{one.dueOn}</td>
          <td className="py-1 pr-4 text-small">{expectedText(one)}</td>
          <td className="py-1 pr-4 text-small">{measuredText(one)}</td>
          <td className="py-1 pr-4">
            {stateText(one)}
            {one.carried >= 2 && one.state === "open" && <span className="block text-warning">! do or drop</span>}
          </td>
          <td className="py-1 text-right print:hidden">{onStep && <Steps decision={one} onStep={onStep} />}</td>
        </tr>
      ))}
    </Table>
  );
}

function Steps({
  decision,
  onStep,
}: {
  decision: DecisionView;
  onStep: (decision: DecisionView, step: DecisionStep) => void;
}) {
  const about = decision.ruleName;
  if (decision.state === "unconfirmed") {
    return decision.mayConfirm ? (
      <Button
        look="plain"
        onClick={() => {
          onStep(decision, "confirm");
        }}
      >
        Confirm<span className="sr-only"> {about}</span>
      </Button>
    ) : null;
  }
  if (decision.state !== "open") return null;
  return (
    <span className="flex justify-end">
      <Button
        look="plain"
        onClick={() => {
          onStep(decision, "done");
        }}
      >
        Done<span className="sr-only"> {about}</span>
      </Button>
      <SureButton
        label="Drop"
        sureLabel="Drop it"
        about={about}
        onSure={() => {
          onStep(decision, "drop");
        }}
      />
    </span>
  );
}

function stateText({ state, carried, doneAt, second }: DecisionView): string {
  if (state === "unconfirmed") return "waits for a second person";
  if (state === "done") return `done ${doneAt?.slice(0, 10) ?? ""}`;
  if (state === "dropped") return "dropped";
  const confirmed = second === null ? "" : `, confirmed by ${second}`;
  return carried === 0 ? `open${confirmed}` : `open, carried over ${String(carried)} ×${confirmed}`;
}

function expectedText({ expected: { pages, wakeUps, personMinutes, words } }: DecisionView): string {
  const parts = [
    pages === null ? "" : `${signed(pages)} pages`,
    wakeUps === null ? "" : `${signed(wakeUps)} wake-ups`,
    personMinutes === null ? "" : `${personMinutes < 0 ? "−" : "+"}${minutesText(Math.abs(personMinutes))}`,
    words,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "not said" : parts.join(", ");
}

function measuredText({ measured, notMeasured }: DecisionView): string {
  if (measured === null) return notMeasured === "" ? "not yet" : notMeasured;
  const { pages, wakeUps, ratio } = measured;
  const sure =
    ratio.value === null || ratio.low === null || ratio.high === null
      ? ""
      : ` (×${ratio.value.toFixed(2)}, ${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`;
  return `${pages.before.toFixed(1)} → ${pages.after.toFixed(1)} pages${sure}, ${wakeUps.before.toFixed(1)} → ${wakeUps.after.toFixed(1)} wake-ups`;
}

const signed = (value: number): string => (value > 0 ? `+${String(value)}` : value < 0 ? `−${String(-value)}` : "±0");
