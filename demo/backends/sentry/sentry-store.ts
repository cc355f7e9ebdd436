/** Events, projects and releases of the demo's Sentry, with the look-ups its API answers from. */
import { createHash } from "node:crypto";
import type { DemoSentryDeploy, DemoSentryEvent } from "../backend";

export interface StoredRelease {
  readonly version: string;
  readonly project: string;
  readonly deploys: DemoSentryDeploy[];
}

export class SentryStore {
  /** Newest first. */
  events: DemoSentryEvent[] = [];
  readonly releases = new Map<string, StoredRelease>();
  readonly #byId = new Map<string, DemoSentryEvent>();

  constructor(readonly projects: readonly string[]) {}

  capture(events: readonly DemoSentryEvent[]): void {
    for (const event of events) this.#byId.set(event.eventId.replaceAll("-", "").toLowerCase(), event);
    this.events = [...this.#byId.values()].sort((a, b) => (a.atIso < b.atIso ? 1 : a.atIso > b.atIso ? -1 : 0));
  }

  deploy(deploys: readonly DemoSentryDeploy[]): void {
    for (const deploy of deploys) {
      const release = this.releases.get(deploy.version) ?? {
        version: deploy.version,
        project: deploy.project,
        deploys: [],
      };
      release.deploys.push(deploy);
      this.releases.set(deploy.version, release);
    }
  }

  eventById(id: string): DemoSentryEvent | undefined {
    return this.#byId.get(id.replaceAll("-", "").toLowerCase());
  }

  projectId(slug: string): number {
    return this.projects.indexOf(slug) + 1;
  }

  /** Issues group events of one type and culprit in a project. */
  issueId(event: DemoSentryEvent): number {
    const digest = createHash("sha256").update(`${event.project}\n${event.type}\n${event.culprit}`).digest();
    return 100_000 + (digest.readUInt32BE(0) % 900_000);
  }
}

/** A searchable or selectable column of the events table. Undefined when the event has no such value. */
export function columnOf(event: DemoSentryEvent, column: string, store: SentryStore): string | undefined {
  const tag = /^tags\[(.+)\]$/.exec(column);
  if (tag) return event.tags[tag[1] ?? ""];
  switch (column) {
    case "id":
      return event.eventId.replaceAll("-", "");
    case "title":
      return `${event.type}: ${event.value}`;
    case "timestamp":
      return event.atIso.replace(/(?:\.\d+)?Z$/, "+00:00");
    case "timestamp_ms":
      return event.atIso.replace("Z", "+00:00");
    case "issue":
      return `${event.project.toUpperCase()}-${store.issueId(event).toString(36).toUpperCase()}`;
    case "issue.id":
      return String(store.issueId(event));
    case "project":
    case "project.name":
      return event.project;
    case "trace":
      return event.traceId;
    case "trace.span":
      return event.spanId;
    case "user.id":
      return event.userId;
    case "event.type":
      return "error";
    case "message":
      return event.value;
    case "level":
    case "environment":
    case "release":
    case "culprit":
    case "platform":
      return event[column];
    default:
      return event.tags[column];
  }
}
