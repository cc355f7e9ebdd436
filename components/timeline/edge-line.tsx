/** One join: from which id, by which rule, how sure, seen by whom, in which rows. */
import type { EdgeView } from "@/lib/contract/timeline-answer";
import { EvidenceNumbers } from "./evidence-numbers";
import { SourceMark } from "./marks";
import { CONFIDENCE } from "./why-chain";

export function EdgeLine({ edge, onOpen }: { edge: EdgeView; onOpen: (id: string) => void }) {
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-muted">
      <span aria-hidden="true">↳</span>
      <span>
        from <span className="font-mono break-all">{edge.from ?? `${edge.fromKind}: hidden for your role`}</span>
        {edge.to === undefined && <> to {edge.toKind}: hidden for your role</>} by rule “{edge.rule}” ·{" "}
        {CONFIDENCE[edge.confidence]}
      </span>
      <span className="inline-flex gap-0.5">
        {edge.sources.map((source) => (
          <SourceMark key={source} source={source} />
        ))}
      </span>
      <EvidenceNumbers events={edge.events} total={edge.count} onOpen={onOpen} />
    </li>
  );
}
