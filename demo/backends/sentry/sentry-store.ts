/** Events, projects and releases of the demo's Sentry, with the look-ups its API answers from. */
import { createHash } from "node:crypto";
import type { DemoCronMonitor, DemoSentryDeploy, DemoSentryEvent } from "../backend";

export interface StoredRelease {
  readonly version: string;
  readonly projects: string[];
  readonly deploys: DemoSentryDeploy[];
}

export class SentryStore {
  /** Newest first. */
  events: DemoSentryEvent[] = [];
  monitors: DemoCronMonitor[] = [];
  readonly releases = new Map<string, StoredRelease>();
  readonly #issueIds = new Map<string, number>();
  readonly #byId = new Map<string, DemoSentryEvent>();

  constructor(
    readonly projects: readonly string[],
    readonly now: () => number,
  ) {}

  capture(events: readonly DemoSentryEvent[]): void {
    for (const event of events) this.#byId.set(event.eventId.replaceAll("-", "").toLowerCase(), event);
    this.events = [...this.#byId.values()].sort((a, b) => (a.atIso < b.atIso ? 1 : a.atIso > b.atIso ? -1 : 0));
  }

  deploy(deploys: readonly DemoSentryDeploy[]): void {
    for (const deploy of deploys) {
      const release = this.releases.get(deploy.version) ?? {
        version: deploy.version,
        projects: [],
        deploys: [],
      };
      if (!release.projects.includes(deploy.project)) release.projects.push(deploy.project);
      release.deploys.push(deploy);
      this.releases.set(deploy.version, release);
    }
  }

  eventById(id: string): DemoSentryEvent | undefined {
    return this.#byId.get(id.replaceAll("-", "").toLowerCase());
  }

  /** Newest first; `id` is the issue's number or its short id. */
  eventsOfIssue(id: string): readonly DemoSentryEvent[] {
    return this.events.filter(
      (event) => String(this.issueId(event)) === id || this.shortId(event) === id.toUpperCase(),
    );
  }

  environments(): readonly string[] {
    return [...new Set(this.events.map((event) => event.environment))].sort();
  }

  shortId(event: DemoSentryEvent): string {
    return `${event.project}-${this.issueId(event).toString(36)}`.toUpperCase();
  }

  projectId(slug: string): number {
    return this.projects.indexOf(slug) + 1;
  }

  /** Issues group events of one type and culprit in a project. */
  issueId(event: DemoSentryEvent): number {
    const group = `${event.project}\n${event.type}\n${event.culprit}`;
    const known = this.#issueIds.get(group);
    if (known !== undefined) return known;
    const id = 100_000 + (createHash("sha256").update(group).digest().readUInt32BE(0) % 900_000);
    this.#issueIds.set(group, id);
    return id;
  }
}

/** A searchable or selectable column. Undefined when the event has no such value; an unknown name is read as a tag. */
export function columnOf(event: DemoSentryEvent, column: string, store: SentryStore): string | number | undefined {
  const tag = /^tags\[(.+)\]$/.exec(column);
  if (tag) return tagOf(event, tag[1] ?? "");
  switch (column) {
    case "id":
      return event.eventId.replaceAll("-", "").toLowerCase();
    case "title":
      return `${event.type}: ${event.value}`;
    case "timestamp":
      return event.atIso.replace(/(?:\.\d+)?Z$/, "+00:00");
    case "timestamp_ms":
      return event.atIso.replace("Z", "+00:00");
    case "issue":
      return store.shortId(event);
    case "issue.id":
      return store.issueId(event);
    case "project.id":
      return store.projectId(event.project);
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
    case "is":
      return "unresolved";
    case "message":
    case "error.value":
      return event.value;
    case "error.type":
      return event.type;
    case "platform.name":
      return event.platform;
    case "level":
    case "environment":
    case "release":
    case "culprit":
    case "platform":
      return event[column];
    default:
      return tagOf(event, column);
  }
}

/** Own properties only: a tag may be named like an object's internals. */
function tagOf(event: DemoSentryEvent, name: string): string | undefined {
  return Object.hasOwn(event.tags, name) ? event.tags[name] : undefined;
}
