"use client";

/** Reveals with what the reader may do about each. */
import Link from "next/link";
import { minuteOf } from "@/lib/client/format-instant";
import type { RevealStep } from "@/lib/client/reveals";
import { timelineHref } from "@/lib/client/timeline-href";
import type { RevealView } from "@/lib/contract/reveal";
import { CLASS_TITLES } from "../timeline/class-titles";
import { SureButton } from "../ui/sure-button";
import { Button } from "../ui/button";
import { Table } from "../ui/table";

interface Rights {
  readonly maySecond: boolean;
  readonly mayReview: boolean;
  /** Of others; one's own always. */
  readonly mayEnd: boolean;
  readonly onStep: (id: string, step: RevealStep) => void;
}

const STATES: Readonly<Record<RevealView["state"], string>> = {
  waiting: "waits",
  "in-force": "in force",
  over: "over",
  refused: "refused",
  withdrawn: "taken back",
  lapsed: "nobody answered",
};

export function RevealTable({ label, reveals, ...rights }: { label: string; reveals: readonly RevealView[] } & Rights) {
  return (
    <Table label={label} columns={["Asked", "Who", "What", "Why", "State", "What to do"]}>
      {reveals.map((one) => (
        <tr key={one.id} className="border-t border-line align-top">
          <td className="py-1.5 pr-4 whitespace-nowrap">{minuteOf(one.askedAt)}</td>
          <th scope="row" className="py-1.5 pr-4 font-normal">
            {one.by} <span className="text-muted">as {one.role}</span>
          </th>
          <td className="py-1.5 pr-4">
            {CLASS_TITLES[one.fieldClass]}
            <span className="block text-small text-muted">{one.minutes} minutes</span>
            <Where incident={one.incident} />
          </td>
          <td className="max-w-md py-1.5 pr-4 wrap-anywhere">
            {one.reason}
            <span className="block text-small text-muted">ticket {one.ticket}</span>
          </td>
          <td className="py-1.5 pr-4">
            {stateWords(one)}
            {one.overdue && <span className="block text-warning">! nobody looked at it for a week</span>}
          </td>
          <td className="py-1">
            <Steps reveal={one} {...rights} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Nobody agrees to what they cannot name: without the ids, that is said. */
function Where({ incident }: Pick<RevealView, "incident">) {
  if (!incident) return <span className="block text-small text-muted">of an incident whose ids were not kept</span>;
  const { keys, references } = incident;
  return (
    <span className="block text-small wrap-anywhere">
      in{" "}
      {references ? (
        <Link className="text-accent hover:underline" href={timelineHref({ keys: references, from: null, to: null })}>
          {keys.join(", ")}
        </Link>
      ) : (
        keys.join(", ")
      )}
    </span>
  );
}

function Steps({ reveal, maySecond, mayReview, mayEnd, onStep }: { reveal: RevealView } & Rights) {
  const { id, state, mine, by, reviewedAt } = reveal;
  const about = `the reveal of ${by}`;
  if (state === "waiting" && !mine) {
    if (!maySecond) return <span className="text-muted">a second person answers</span>;
    return (
      <span className="flex gap-1">
        <SureButton label="Agree" sureLabel="Really agree" about={about} onSure={() => onStep(id, "approve")} />
        <Button look="plain" onClick={() => onStep(id, "refuse")}>
          Refuse<span className="sr-only"> {about}</span>
        </Button>
      </span>
    );
  }
  if ((state === "waiting" || state === "in-force") && (mine || mayEnd)) {
    return <SureButton label="End now" sureLabel="Really end" about={about} onSure={() => onStep(id, "end")} />;
  }
  if (state === "over" && mayReview && !mine && reviewedAt === null) {
    return (
      <Button onClick={() => onStep(id, "review")}>
        I looked at it<span className="sr-only">: {about}</span>
      </Button>
    );
  }
  return null;
}

function stateWords({ state, approvedBy, expiresAt, endedAt, reviewedAt }: RevealView): string {
  const parts = [STATES[state]];
  if (state === "in-force" && expiresAt !== null) parts.push(`until ${minuteOf(expiresAt).slice(11)}`);
  if (state === "over" && endedAt !== null) parts.push("ended early");
  if (approvedBy !== null) parts.push(`agreed to by ${approvedBy}`);
  if (reviewedAt !== null) parts.push("looked at");
  return parts.join(", ");
}
