/** One row of a timeline before redaction. Raw: never leaves the server (see `lib/redact`). */
import type { CorrelationKey } from "./correlation-key";
import type { EpochNs } from "./epoch-ns";
import type { Outcome, Severity } from "./severity";
import type { SourceId } from "./source-id";

export const EVENT_KINDS = [
  "log",
  "span",
  "error",
  "alert",
  "deploy",
  "job-run",
  "metric-step",
  "staff-action",
  "note",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const ACTOR_KINDS = ["customer", "staff", "service", "job", "system"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

export type AttributeValue = string | number | boolean;

/** Attribute path (`http.route`, `resource.k8s.pod.name`) to leaf value. Nested objects are flattened with dots. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Where in an event a key was found. `rule` names the key rule (`order id`), `at` the attribute path or the characters of the text. */
export interface KeySighting {
  readonly key: CorrelationKey;
  readonly rule: string;
  readonly at: string;
  /** `exact`: a typed field carries it. `text`: a pattern found it in prose. */
  readonly confidence: "exact" | "text";
}

export interface SpanFacts {
  readonly traceId: string;
  readonly spanId: string;
  /** Absent for a root. */
  readonly parentSpanId?: string;
  readonly spanKind: "internal" | "server" | "client" | "producer" | "consumer" | "unspecified";
  readonly durationNs: string;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

/** A place outside Throughline where the same record can be opened. Made by adapters, shown only to roles that may. */
export interface EventLink {
  readonly label: string;
  readonly url: string;
}

export interface TimelineEvent {
  /**
   * Stable identity of the fact: the same record gives the same id on every fetch and page size.
   * `spanFactId` / `contentFactId` in `lib/normalize/fact-id.ts` make it.
   */
  readonly id: string;
  readonly kind: EventKind;
  readonly happenedAtNs: EpochNs;
  readonly endedAtNs?: EpochNs;
  /** When the source received it, where the source tells. */
  readonly observedAtNs?: EpochNs;
  /** Service name exactly as the source spells it; `null` when it names none. */
  readonly rawService: string | null;
  readonly rawEnvironment: string | null;
  readonly severity: Severity;
  readonly outcome: Outcome;
  /** One line for engineers. Class `text` unless the kind says otherwise. */
  readonly title: string;
  /** The full raw text (log line, exception message and stack). Class `text` or `code`. */
  readonly text?: string;
  readonly attributes: Attributes;
  /** What the source says about ids; `lib/normalize/extract-keys.ts` fills it from attributes and text. */
  readonly sightings: readonly KeySighting[];
  readonly source: SourceId;
  /** Index into the outcome's queries of the one that brought the record; the first when absent. */
  readonly fetchedBy?: number;
  readonly span?: SpanFacts;
  readonly links: readonly EventLink[];
  /** Rows that only share service and time with the question. Never joined by id. */
  readonly context: boolean;
}
