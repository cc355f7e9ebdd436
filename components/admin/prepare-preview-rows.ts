/** Two views of the same incident as one list, row beside row. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";

export interface PreviewRow {
  readonly id: string;
  /** What both views say alike. */
  readonly place: EventView;
  /** Undefined: for this role the row is not there. */
  readonly views: readonly (EventView | undefined)[];
  /** The two do not read the same. */
  readonly differs: boolean;
}

/** In the one order that all roles share. */
export function preparePreviewRows(answers: readonly (TimelineAnswer | undefined)[]): PreviewRow[] {
  const byId = answers.map((answer) => new Map(answer?.events.map((row) => [row.id, row])));
  const places = new Map(byId.flatMap((rows) => [...rows]));
  return [...places.values()]
    .sort((a, b) => (a.orderKey < b.orderKey ? -1 : 1))
    .map((place) => {
      const views = byId.map((rows) => rows.get(place.id));
      return { id: place.id, place, views, differs: new Set(views.map(wordsOf)).size > 1 };
    });
}

function wordsOf(view: EventView | undefined): string {
  return view ? JSON.stringify([view.service, view.title, view.text, view.attributes, view.keys]) : "";
}
