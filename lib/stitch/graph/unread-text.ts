/** Records too long to be read for ids to their end: what stands behind that may have joined, and that is said. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { MAX_TEXT_LENGTH } from "@/lib/normalize/find-in-text";
import type { EvidenceRecord } from "../read-records";

export function unreadTextGap(records: readonly EvidenceRecord[]): EvidenceGap[] {
  const total = records.filter(({ event }) => !event.context && (event.text?.length ?? 0) > MAX_TEXT_LENGTH).length;
  if (total === 0) return [];
  const detail = `Some records are so long that only their first ${MAX_TEXT_LENGTH.toLocaleString("en")} characters were read for ids.`;
  return [{ reason: "budget", detail, retryable: false, shown: 0, total }];
}
