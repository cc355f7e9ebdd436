/** An alert as Prometheus evaluated it and as Alertmanager was told of it. */
import { addNs } from "@/lib/domain/epoch-ns";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import type { TimelineEvent } from "@/lib/domain/timeline-event";

interface Episode {
  readonly first: number;
  readonly event: TimelineEvent;
  readonly labels: ReadonlyMap<string, string>;
  readonly service: string | undefined;
  readonly sources: Set<string>;
}

/** Prometheus tells the step in which an alert began, Alertmanager the evaluation: up to one step later. */
const STEP_NS = 60_000_000_000n;
const LABEL = "label.";

/**
 * The same name, no label that differs and none missing on both sides, the same service, and a time in common. Servers
 * add labels of their own (`replica`, `cluster`), so one side may have more. Writes into `earlier`.
 */
export function sameAlerts(rows: readonly TimelineRow[], earlier: number[]): void {
  const byName = new Map<string, Episode[]>();
  rows.forEach((row, place) => {
    if (row.event.kind !== "alert") return;
    const name = String(row.event.attributes["alert.name"] ?? row.event.title);
    const episodes = byName.get(name) ?? [];
    byName.set(name, episodes);
    const labels = labelsOf(row.event);
    const service = row.service?.name;
    const known = episodes
      .filter((episode) => !episode.sources.has(row.event.source))
      .filter((episode) => episode.service === service && isSameSet(episode.labels, labels))
      .filter((episode) => meets(episode.event, row.event))
      .at(-1);
    // The last to begin is the nearest: rows come in order.
    if (known) {
      known.sources.add(row.event.source);
      earlier[place] = known.first;
    } else {
      episodes.push({ first: place, event: row.event, labels, service, sources: new Set([row.event.source]) });
    }
  });
}

function labelsOf(event: TimelineEvent): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const [path, value] of Object.entries(event.attributes)) {
    if (path.startsWith(LABEL)) labels.set(path.slice(LABEL.length), String(value));
  }
  return labels;
}

function isSameSet(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  if (few.size === 0) return false;
  for (const [name, value] of few) if (many.get(name) !== value) return false;
  return true;
}

/** `a` began first. An alert without an end fires still. */
function meets(a: TimelineEvent, b: TimelineEvent): boolean {
  if (a.endedAtNs === undefined || b.happenedAtNs <= a.endedAtNs) return true;
  return b.happenedAtNs <= addNs(a.happenedAtNs, STEP_NS);
}
