/** On paper: what people took out of this incident, and that somebody read more of it than their role does. */
import { formatFull } from "@/lib/client/format-instant";
import type { RevealView } from "@/lib/contract/reveal";
import type { UnlinkView } from "@/lib/contract/timeline-answer";
import { plural } from "./build-story";
import { markSentence } from "./reveal-words";
import { nsOfInstant } from "./row-time";

export function PrintedChanges({
  unlinks,
  reveals,
}: {
  unlinks: readonly UnlinkView[];
  reveals: readonly RevealView[];
}) {
  return (
    <>
      {unlinks.length > 0 && (
        <section className="mt-4">
          <h2 className="text-section font-strong">Unlinked by people</h2>
          <ul className="list-disc pl-5">
            {unlinks.map((one) => (
              <li key={one.id} className="break-inside-avoid">
                {second(one.at)} · {one.kind === "row" ? "a row" : one.target}
                {one.reason !== "" && `: “${one.reason}”`} ({one.by}; {plural(one.rows, "row")} not shown)
              </li>
            ))}
          </ul>
        </section>
      )}
      {reveals.length > 0 && (
        <section className="mt-4">
          <h2 className="text-section font-strong">Reveal record</h2>
          <ul className="list-disc pl-5">
            {reveals.map((one) => (
              <li key={one.id} className="break-inside-avoid">
                {second(one.startsAt ?? one.askedAt)} · {markSentence(one)}
                {one.reason !== "" && ` “${one.reason}”`}
                {one.ticket !== "" && ` ticket ${one.ticket}`}
                {one.approvedBy !== null && ` agreed to by ${one.approvedBy}`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function second(instant: string): string {
  return formatFull(nsOfInstant(instant), "utc").replace(/\.\d+/, "");
}
