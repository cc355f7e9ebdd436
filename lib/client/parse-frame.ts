/**
 * One NDJSON line to a checked frame. Rows are checked one by one, so that one row of a newer server does not take its
 * whole frame away; what does not fit is counted and shown, never thrown.
 */
import { z } from "zod";
import { EventView } from "@/lib/contract/event-view";
import { TimelineFrame } from "@/lib/contract/timeline-answer";

// The page's content policy forbids `eval`; zod's compiled parsers would try it and fill the console with reports.
z.config({ jitless: true });

const RowsEnvelope = z.object({ type: z.literal("rows"), rows: z.array(z.unknown()), removed: z.array(z.string()) });

export interface ParsedFrame {
  readonly frame?: TimelineFrame;
  /** Rows or frames of this line that could not be read. */
  readonly unreadable: number;
}

export function parseFrame(line: string): ParsedFrame {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { unreadable: 1 };
  }
  const envelope = RowsEnvelope.safeParse(json);
  if (!envelope.success) {
    const frame = TimelineFrame.safeParse(json);
    return frame.success ? { frame: frame.data, unreadable: 0 } : { unreadable: 1 };
  }
  const rows: EventView[] = [];
  for (const row of envelope.data.rows) {
    const checked = EventView.safeParse(row);
    if (checked.success) rows.push(checked.data);
  }
  return {
    frame: { type: "rows", rows, removed: envelope.data.removed },
    unreadable: envelope.data.rows.length - rows.length,
  };
}
