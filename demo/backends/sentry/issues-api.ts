/** Issues of the organisation, one issue, its events. An issue is all events of one type and culprit in a project. */
import type { DemoSentryEvent } from "../backend";
import type { HttpAnswer, HttpQuestion } from "../serve-http";
import { selectEvents } from "./select-events";
import { json, list, notFound } from "./sentry-answer";
import { page } from "./sentry-pages";
import { eventDetail, eventRow, issueRow } from "./sentry-rows";
import type { SentryStore } from "./sentry-store";

const EVENT_ID = /^[0-9a-f]{32}$/i;

/** `parts` is the path behind `issues/`. */
export function answerIssues(question: HttpQuestion, parts: readonly string[], store: SentryStore): HttpAnswer {
  const [id, child, eventId] = parts;
  if (id === undefined) return issueList(question, store);
  const events = store.eventsOfIssue(id);
  if (events.length === 0) return notFound();
  if (child === undefined) return json(200, issueRow(events, store));
  if (child !== "events" || parts.length > 3) return notFound();
  if (eventId !== undefined) return oneEvent(events, eventId, store);
  const asked = new Set(selectEvents(question, store));
  return list(
    question,
    events.filter((event) => asked.has(event)).map((event) => eventRow(event, store)),
  );
}

/** A query that is nothing but an event id opens that event's issue, whatever the window says. */
function issueList(question: HttpQuestion, store: SentryStore): HttpAnswer {
  const query = question.query.get("query") ?? "is:unresolved";
  const direct = EVENT_ID.test(query.trim()) ? store.eventById(query.trim()) : undefined;
  if (direct) {
    const row = {
      ...issueRow(store.eventsOfIssue(String(store.issueId(direct))), store),
      matchingEventId: query.trim(),
    };
    const answer = json(200, [row]);
    return { ...answer, headers: { ...answer.headers, "x-sentry-direct-hit": "1" } };
  }
  const ids = new Set(selectEvents(question, store, query).map((event) => store.issueId(event)));
  const rows = [...ids].map((id) => issueRow(store.eventsOfIssue(String(id)), store));
  const paged = page(question, rows, "limit");
  const answer = json(200, paged.rows, paged);
  return { ...answer, headers: { ...answer.headers, "x-hits": String(rows.length), "x-max-hits": "1000" } };
}

function oneEvent(events: readonly DemoSentryEvent[], id: string, store: SentryStore): HttpAnswer {
  const wanted =
    id === "latest" || id === "recommended"
      ? events[0]
      : id === "oldest"
        ? events.at(-1)
        : events.find((event) => event.eventId.replaceAll("-", "").toLowerCase() === id.toLowerCase());
  return wanted ? json(200, eventDetail(wanted, store)) : notFound();
}
