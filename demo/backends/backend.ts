/** What the story pushes into the demo backends, and the shape all five backends share. */

export interface DemoBackend {
  /** Listens on 127.0.0.1; port 0 lets the system choose. Resolves with the base URL. */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
}

export interface DemoLogLine {
  /** Index labels, such as `service_name`, `env`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly atNs: string;
  readonly line: string;
  /** Structured metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A bigint is sent as an int attribute, a number as a double. */
export type DemoValue = string | number | bigint | boolean | readonly DemoValue[];

export interface DemoSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: "internal" | "server" | "client" | "producer" | "consumer";
  readonly startNs: string;
  readonly endNs: string;
  readonly status?: "ok" | "error";
  readonly statusMessage?: string;
  /** Includes `service.name`. */
  readonly resource: Readonly<Record<string, DemoValue>>;
  readonly attributes: Readonly<Record<string, DemoValue>>;
  readonly events?: readonly { atNs: string; name: string; attributes: Readonly<Record<string, DemoValue>> }[];
  readonly links?: readonly { traceId: string; spanId: string }[];
}

export interface DemoSample {
  /** Includes `__name__`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly atMs: number;
  readonly value: number;
  readonly exemplar?: { readonly labels: Readonly<Record<string, string>>; readonly value: number };
}

export interface DemoAlertRule {
  readonly group: string;
  readonly name: string;
  readonly query: string;
  readonly forSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface DemoAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt?: string;
  readonly generatorURL?: string;
  readonly silencedBy?: string;
}

/** `alert` is what Prometheus would send; it has `endsAt` only when resolved. */
export interface DemoAlertTransition {
  readonly state: "firing" | "resolved";
  readonly alert: DemoAlert;
}

export interface DemoSentryEvent {
  readonly eventId: string;
  readonly project: string;
  readonly atIso: string;
  readonly level: "error" | "warning" | "info" | "fatal";
  readonly type: string;
  readonly value: string;
  readonly culprit: string;
  readonly platform: string;
  readonly environment: string;
  readonly release?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly userId?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly frames: readonly { filename: string; function: string; lineno: number; inApp: boolean }[];
}

export interface DemoSentryDeploy {
  readonly project: string;
  readonly version: string;
  readonly environment: string;
  readonly startedAtIso: string;
  readonly finishedAtIso: string;
}

export interface DemoCheckIn {
  readonly atIso: string;
  readonly status: "ok" | "error" | "missed" | "timeout";
  readonly expectedIso: string;
}

export interface DemoCronMonitor {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly project: string;
  readonly environment: string;
  /** As crontab spells it. */
  readonly schedule: string;
  readonly marginMinutes: number;
  /** Oldest first. Those that lie ahead are told when their time has come. */
  readonly checkIns: readonly DemoCheckIn[];
}

export interface LokiBackend extends DemoBackend {
  push(lines: readonly DemoLogLine[]): void;
}
export interface TempoBackend extends DemoBackend {
  push(spans: readonly DemoSpan[]): void;
}
export interface PrometheusBackend extends DemoBackend {
  push(samples: readonly DemoSample[]): void;
  setRules(rules: readonly DemoAlertRule[]): void;
  /** Evaluates every rule at this instant (unix milliseconds); the story's clock calls it. Instants must not go back. */
  evaluate(atMs: number): void;
  /** Called for each alert that starts to fire or resolves, so that the launcher can post it to the demo Alertmanager. */
  onTransition(listener: (transition: DemoAlertTransition) => void): void;
}
export interface AlertmanagerBackend extends DemoBackend {
  post(alerts: readonly DemoAlert[]): void;
}
export interface SentryBackend extends DemoBackend {
  capture(events: readonly DemoSentryEvent[]): void;
  deploy(deploys: readonly DemoSentryDeploy[]): void;
  /** Replaces all that were set before. */
  setMonitors(monitors: readonly DemoCronMonitor[]): void;
}
