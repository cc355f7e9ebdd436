/**
 * Whether a value stands in what somebody reads of a record. A search that also found it in what they do not read would
 * be a way to guess that, letter by letter, by whether something is found.
 */
import type { AttributeView } from "@/lib/contract/event-view";
import type { RowService } from "@/lib/domain/stitched-timeline";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { redactAttributes } from "./redact-attributes";
import { readsTitle, textClassOf } from "./redact-row";
import type { RedactionContext } from "./redaction-context";
import type { ScopedRow } from "./row-access";

interface ReadRecord extends ScopedRow {
  readonly event: TimelineEvent;
  readonly service: RowService | null;
}

/** `spellings`: any of them counts. */
export function showsValue(record: ReadRecord, spellings: readonly string[], context: RedactionContext): boolean {
  if (context.rowAccess(record) !== "full") return false;
  const table = context.table(record.service);
  const { event } = record;
  const holds = (text: string) => spellings.some((value) => text.includes(value));
  const isIn = (text: string) => holds(text) && holds(context.scrub(text));
  if (readsTitle(event.kind, table) && isIn(event.title)) return true;
  if (event.text !== undefined && table.reads(textClassOf(event.kind)) && isIn(event.text)) return true;
  return Object.entries(event.attributes).some(([path, raw]) => {
    if (!holds(String(raw))) return false;
    const shown: Record<string, AttributeView> = {};
    redactAttributes({ [path]: raw }, table, context, shown);
    return Object.values(shown).some(({ value }) => holds(String(value)));
  });
}
