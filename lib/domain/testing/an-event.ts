/** Test builder: a plain log event with whatever the test cares about replaced. */
import { parseEpochNs, type EpochNs } from "../epoch-ns";
import type { TimelineEvent } from "../timeline-event";

export function anEpochNs(text: string): EpochNs {
  const at = parseEpochNs(text);
  if (!at) throw new Error(`not an instant: ${text}`);
  return at;
}

export function anEvent(over: Partial<TimelineEvent> = {}): TimelineEvent {
  return {
    id: `test-${over.title ?? "event"}-${over.happenedAtNs ?? "0"}`,
    kind: "log",
    happenedAtNs: anEpochNs("1795446843120345678"),
    rawService: "order-service",
    rawEnvironment: "production",
    severity: "info",
    outcome: "unknown",
    title: "something happened",
    attributes: {},
    sightings: [],
    source: "loki/main",
    links: [],
    context: false,
    ...over,
  };
}
