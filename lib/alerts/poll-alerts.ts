/**
 * Asks one Alertmanager what fires and what is kept quiet, when it is due. The answer becomes deliveries like any call, so
 * that one fold sees everything.
 */
import "server-only";
import { GAP_POLLS } from "@/lib/domain/poll";
import { createAlertmanagerClient } from "@/lib/sources/alertmanager/client";
import { comparePoll } from "./alertmanager/compare-poll";
import { listAlerts } from "./alertmanager/list-alerts";
import { ALERTMANAGER_POLL, type PollBody } from "./alertmanager/poll-body";
import { readRouting } from "./alertmanager/read-routing";
import { toldSilences } from "./alertmanager/told-silences";
import { listedElsewhere } from "./listed-elsewhere";
import {
  ANSWER_BYTES,
  ANSWER_MS,
  countPoll,
  failureWords,
  NOT_WHOLE,
  type PollDeps,
  type PollOutcome,
} from "./poll-deps";
import type { PolledSource } from "./polled-sources";

const MAX_ALERTS = 20_000;
const MAX_SILENCES = 10_000;
/** Each delivery is one transaction. */
const ALERTS_PER_DELIVERY = 100;

const NOTHING_REMEMBERED = { seen: {}, missing: {} };

export async function pollAlerts(source: PolledSource, deps: PollDeps, signal: AbortSignal): Promise<PollOutcome> {
  const { polls, alerts } = deps.store;
  const now = deps.now();
  const everyMs = deps.settings.pollSeconds * 1_000;
  const state = await polls.take(source.id, "alerts", now, everyMs);
  if (!state) return "idle";

  const budget = { deadlineAtMs: Date.now() + ANSWER_MS, maxBytes: 2 * ANSWER_BYTES, maxRows: MAX_ALERTS };
  const client = createAlertmanagerClient(source.http, budget, signal);
  const [plain, grouped, silences, status] = await Promise.all([
    ...([client.alerts(), client.groupedAlerts()] as const),
    ...([client.silences(), client.status()] as const),
  ]);
  if (signal.aborted) return "idle";
  // Only the groups say what a mute time keeps quiet: half an answer would call it sent.
  const failed = !plain.ok ? plain : !grouped.ok ? grouped : undefined;
  // More than we read is no answer either: what was cut off would seem to be over.
  const isTooLarge = plain.ok && plain.value.length > MAX_ALERTS;
  if (failed || !plain.ok || !grouped.ok || isTooLarge) {
    const words = isTooLarge ? "too-large" : failureWords(failed ? failed.failure : { kind: "bad-response" });
    await polls.failed(source.id, "alerts", words);
    countPoll(source.id, "alerts", words, now);
    return "failed";
  }

  const server = status.ok ? status.value : undefined;
  const routing = readRouting(server?.config?.original);
  const listed = listAlerts(plain.value, grouped.value, {
    ...{ source: source.id, now, settings: deps.settings, routing },
  });
  const startedMs = Date.parse(server?.uptime ?? "");
  const isSettled = server?.cluster?.status !== "settling" && now.getTime() - startedMs > routing.groupIntervalMs;
  const isWhole = plain.skipped === 0 && listed.length === plain.value.length;
  const states = await polls.states("alerts");
  const { body, memory } = comparePoll({
    ...{ listed, open: await alerts.openFires(source.id), memory: state.memory, heardAt: state.heardAt },
    mayMiss: isSettled && isWhole,
    elsewhere: (fire) => listedElsewhere(fire, source, deps.sources, states),
  });
  await recordNews(body, source, now, deps);
  if (silences.ok && silences.skipped === 0 && silences.value.length <= MAX_SILENCES) {
    await polls.takeSilences(source.id, toldSilences(silences.value), now);
    await polls.heard(source.id, "silences", now, NOTHING_REMEMBERED);
    countPoll(source.id, "silences", "ok", now);
  } else {
    const words = silences.ok ? NOT_WHOLE : failureWords(silences.failure);
    await polls.failed(source.id, "silences", words);
    countPoll(source.id, "silences", words, now);
  }
  if (isWhole) await polls.cover(source.id, now, GAP_POLLS * everyMs);
  // Last: what is remembered before it is stored would be lost by a crash between the two.
  await polls.heard(source.id, "alerts", now, memory);
  if (!isWhole) {
    // What could not be read may fire: this time is not covered.
    await polls.failed(source.id, "alerts", NOT_WHOLE);
    countPoll(source.id, "alerts", NOT_WHOLE, now);
    return "failed";
  }
  countPoll(source.id, "alerts", "ok", now);
  return "ok";
}

async function recordNews({ alerts, gone }: PollBody, { id }: PolledSource, now: Date, deps: PollDeps): Promise<void> {
  const parts: PollBody[] = [];
  for (let from = 0; from < Math.max(alerts.length, gone.length); from += ALERTS_PER_DELIVERY) {
    const to = from + ALERTS_PER_DELIVERY;
    parts.push({ alerts: alerts.slice(from, to), gone: gone.slice(from, to) });
  }
  for (const part of parts) {
    const body = Buffer.from(JSON.stringify(part));
    await deps.store.deliveries.record({ kind: ALERTMANAGER_POLL, source: id, body, receivedAt: now });
  }
}
