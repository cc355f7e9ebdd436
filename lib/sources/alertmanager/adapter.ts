/** Alertmanager as an evidence source: what is firing now, and what is kept quiet, around the touched services. */
import "server-only";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest, FetchBudget } from "@/lib/domain/evidence-request";
import type { KeyRule } from "@/lib/domain/key-rule";
import { sourceId } from "@/lib/domain/source-id";
import type { NativeQuery, SourceOutcome } from "@/lib/domain/source-outcome";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import type { SourceHttp } from "@/lib/platform/source-http";
import type { EventSource } from "@/lib/sources/source";
import { alertsOfServices, mergeAlerts } from "./alerts-of-services";
import { answerGap } from "./answer-gap";
import { createAlertmanagerClient } from "./client";
import { alertEvent } from "./normalize";
import { ALERTS_PATH, alertsParameters, GROUPS_PATH, groupsParameters } from "./query";

const PROBE_MS = 5_000;
const PROBE_BYTES = 1024 * 1024;

export interface AlertmanagerSourceDeps {
  readonly http: SourceHttp;
  readonly keyRules: readonly KeyRule[];
  readonly now: () => number;
}

export function createAlertmanagerSource(settings: SourceSettings, deps: AlertmanagerSourceDeps): EventSource {
  const id = sourceId("alertmanager", settings.name);
  return {
    id,
    kind: "alertmanager",
    answers: new Set(["context"]),
    fetch: (request, budget, signal) => fetchAlerts(request, budget, signal),
    async probe(signal) {
      const startedAtMs = deps.now();
      const budget = { deadlineAtMs: startedAtMs + PROBE_MS, maxRows: 1, maxBytes: PROBE_BYTES };
      const answer = await createAlertmanagerClient(deps.http, budget, signal).version();
      const elapsedMs = deps.now() - startedAtMs;
      if (!answer.ok) return { ok: false, detail: answerGap(answer.failure, id).detail, elapsedMs };
      return { ok: true, elapsedMs, ...(answer.value === undefined ? {} : { version: answer.value }) };
    },
  };

  async function fetchAlerts(
    request: EvidenceRequest,
    budget: FetchBudget,
    signal: AbortSignal,
  ): Promise<SourceOutcome> {
    const startedAtMs = deps.now();
    const { window } = request;
    const client = createAlertmanagerClient(deps.http, budget, signal);
    const [plain, grouped] = await Promise.all([client.alerts(), client.groupedAlerts()]);
    const gaps: EvidenceGap[] = [];
    if (!plain.ok) gaps.push(answerGap(plain.failure, id, window));
    // Both lists failing alike is one trouble, told once.
    if (!grouped.ok && (plain.ok || plain.failure.kind !== grouped.failure.kind)) {
      gaps.push(answerGap(grouped.failure, id, window));
    }
    const skipped = (plain.ok ? plain.skipped : 0) + (grouped.ok ? grouped.skipped : 0);
    if (skipped > 0) gaps.push(partial(window, "Some alerts of Alertmanager's answer could not be read."));
    const alerts = mergeAlerts(plain.ok ? plain.value : [], grouped.ok ? grouped.value : []);
    const asked = request.kind === "context" ? alertsOfServices(alerts, request.rawServices) : [];
    const events = asked
      .flatMap((alert) => alertEvent(id, alert, deps.now()) ?? [])
      .filter(touches(window))
      .sort(byStart);
    const shown = events.slice(0, budget.maxRows);
    if (shown.length < events.length) gaps.push(truncated(window, shown.length, events.length));
    return {
      source: id,
      answered: plain.ok || grouped.ok,
      events: shown,
      metrics: [],
      gaps: [...gaps, ...noHistory(window)],
      queries: [native(ALERTS_PATH, alertsParameters), native(GROUPS_PATH, groupsParameters)],
      elapsedMs: deps.now() - startedAtMs,
    };
  }

  /** Alertmanager forgets an alert the moment it resolves, so a past window is never fully answered by it. */
  function noHistory(window: TimeWindow): EvidenceGap[] {
    if (window.toNs >= epochNsFromMs(deps.now() - RECENT_MS)) return [];
    return [
      {
        source: id,
        reason: "retention",
        detail: "Alertmanager lists only alerts that fire now; those that ended before are not in its answer.",
        window,
        retryable: false,
      },
    ];
  }

  function partial(window: TimeWindow, detail: string): EvidenceGap {
    return { source: id, reason: "partial", detail, window, retryable: true };
  }

  function truncated(window: TimeWindow, shown: number, total: number): EvidenceGap {
    const detail = "More alerts were found than are shown. They come in one answer; a shorter time shows the rest.";
    return { source: id, reason: "truncated", detail, window, retryable: false, shown, total };
  }
}

/** A window that ends this close to now is still "now": alerts resolve after minutes. */
const RECENT_MS = 60_000;

/** An alert belongs to a window when it fired at any time inside it, not only when it began there. */
function touches(window: TimeWindow): (event: TimelineEvent) => boolean {
  return (event) =>
    event.happenedAtNs < window.toNs && (event.endedAtNs === undefined || event.endedAtNs >= window.fromNs);
}

function byStart(a: TimelineEvent, b: TimelineEvent): number {
  return a.happenedAtNs === b.happenedAtNs ? (a.id < b.id ? -1 : 1) : a.happenedAtNs < b.happenedAtNs ? 1 : -1;
}

function native(path: string, parameters: readonly (readonly [string, string])[]): NativeQuery {
  return {
    language: "HTTP",
    text: `GET ${path}?${new URLSearchParams(parameters.map(([n, v]) => [n, v])).toString()}`,
  };
}
