/** Records that hold the asked value as a bare number. */
import { keyId } from "@/lib/domain/correlation-key";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceIndex } from "./evidence-index";
import type { JoinResult } from "./join-evidence";

/** Records that hold the bare value but never say that it is such an id: not shown, and said so. */
export function unnamedValueGap(index: EvidenceIndex, joined: JoinResult): EvidenceGap[] {
  const unnamed = index.records.filter(
    (record) =>
      record.step.request.kind === "by-key" &&
      !record.event.context &&
      !joined.joined.has(record.event.id) &&
      !record.keyIds.includes(keyId(record.step.request.key)) &&
      record.event.kind === "log",
  ).length;
  if (unnamed === 0) return [];
  return [
    {
      reason: "id-absent",
      detail: "Some records contain the same number without saying that it is this id; they are not shown.",
      retryable: false,
      shown: 0,
      total: unnamed,
    },
  ];
}
