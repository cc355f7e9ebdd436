/** That somebody read more of this incident than their role does: part of its story, for everybody who opens it. */
import { formatFull, type DisplayZone } from "@/lib/client/format-instant";
import type { RevealView } from "@/lib/contract/reveal";
import { Disclosure } from "../ui/disclosure";
import { openRegions } from "@/lib/client/preferences";
import { markSentence } from "./reveal-words";
import { nsOfInstant } from "./row-time";

export function RevealMarks({ reveals, zone }: { reveals: readonly RevealView[]; zone: DisplayZone }) {
  if (reveals.length === 0) return null;
  const count = reveals.length === 1 ? "once" : `${String(reveals.length)} times`;
  return (
    <Disclosure
      name="Reveal record"
      stored={openRegions.reveals}
      line={`somebody read more than their role does, ${count}`}
    >
      <ul className="space-y-1 px-3 pb-2 pl-9">
        {reveals.map((one) => (
          <li key={one.id} className="flex flex-wrap gap-x-3">
            <span className="font-mono text-small text-muted">
              {formatFull(nsOfInstant(one.startsAt ?? one.askedAt), zone).replace(/\.\d+/, "")}
            </span>
            <span>
              <span aria-hidden="true">◆ </span>
              {markSentence(one)}
            </span>
            {one.reason !== "" && <span className="text-muted">“{one.reason}”</span>}
            {one.ticket !== "" && <span className="text-muted">ticket {one.ticket}</span>}
            {one.approvedBy !== null && <span className="text-muted">agreed to by {one.approvedBy}</span>}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
