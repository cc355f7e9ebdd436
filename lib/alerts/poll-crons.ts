/**
 * Asks one Sentry for its cron monitors, when it is due: it sends no call when a run is missed (getsentry/sentry#98048). The
 * answer becomes a delivery like any call.
 */
import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { GAP_POLLS } from "@/lib/domain/poll";
import { createSentryClient, type SentryClient } from "@/lib/sources/sentry/client";
import { fetchMonitors } from "@/lib/sources/sentry/fetch-monitors";
import { checkInParameters } from "@/lib/sources/sentry/query";
import { listedElsewhere } from "./listed-elsewhere";
import { ANSWER_BYTES, countPoll, failureWords, NOT_WHOLE, type PollDeps, type PollOutcome } from "./poll-deps";
import type { PolledSource } from "./polled-sources";
import { compareCrons, cronQuestions, type CheckInAnswer, type CronQuestion } from "./sentry/compare-crons";
import { CRON_RULE, SENTRY_CRONS } from "./sentry/cron-body";
import { listCrons } from "./sentry/list-crons";

/** One after the other, so often at most: a fraction of what Sentry allows, whoever else asks with the same token. */
const PACE_MS = 200;
const POLL_MS = 30_000;
/** The rest is asked at the next poll. */
const CHECK_INS_PER_POLL = 10;
/** Each delivery is one transaction. */
const ALERTS_PER_DELIVERY = 100;

export async function pollCrons(source: PolledSource, deps: PollDeps, signal: AbortSignal): Promise<PollOutcome> {
  const { polls, alerts, deliveries } = deps.store;
  const now = deps.now();
  const everyMs = deps.settings.cronPollSeconds * 1_000;
  if (!source.sentry) return "idle";
  const state = await polls.take(source.id, "crons", now, everyMs);
  if (!state) return "idle";

  const budget = { deadlineAtMs: Date.now() + POLL_MS, maxBytes: ANSWER_BYTES, maxRows: Infinity };
  const client = createSentryClient(source.http, source.sentry.org, budget, signal);
  const paced = pacemaker(signal);
  const answer = await fetchMonitors(client, paced);
  if (signal.aborted) return "idle";
  // Rows, and none of them a cron monitor: another server answers here.
  const isOther = answer.ok && answer.monitors.length === 0 && answer.skipped > 0;
  if (!answer.ok || isOther) {
    const words = failureWords(answer.ok ? { kind: "bad-response" } : answer.failure);
    await polls.failed(source.id, "crons", words);
    countPoll(source.id, "crons", words, now);
    return "failed";
  }

  const listed = listCrons(answer.monitors, { ...source.sentry, now });
  const open = (await alerts.openFires(source.id)).filter(({ rule }) => rule.startsWith(CRON_RULE));
  const answers = await askCheckIns(cronQuestions(listed, open, now).slice(0, CHECK_INS_PER_POLL), client, paced);
  if (signal.aborted) return "idle";
  const states = await polls.states("crons");
  const { body, memory } = compareCrons({
    ...{ listed, open, answers, now, memory: state.memory, heardAt: state.heardAt },
    // A token that may see nothing any more is answered with an empty list.
    mayMiss: answer.skipped === 0 && answer.monitors.length > 0,
    missingElsewhere: (fire) => listedElsewhere(fire, source, deps.sources, states).missing,
  });
  for (let from = 0; from < body.alerts.length; from += ALERTS_PER_DELIVERY) {
    const part = { alerts: body.alerts.slice(from, from + ALERTS_PER_DELIVERY) };
    const bytes = Buffer.from(JSON.stringify(part));
    await deliveries.record({ kind: SENTRY_CRONS, source: source.id, body: bytes, receivedAt: now });
  }
  const isWhole = answer.skipped === 0;
  if (isWhole) await polls.cover(source.id, now, GAP_POLLS * everyMs);
  // Last: what is remembered before it is stored would be lost by a crash between the two.
  await polls.heard(source.id, "crons", now, memory);
  if (!isWhole) {
    // What could not be read may have failed: this time is not covered.
    await polls.failed(source.id, "crons", NOT_WHOLE);
    countPoll(source.id, "crons", NOT_WHOLE, now);
    return "failed";
  }
  countPoll(source.id, "crons", "ok", now);
  return "ok";
}

async function askCheckIns(
  questions: readonly CronQuestion[],
  client: SentryClient,
  paced: () => Promise<void>,
): Promise<ReadonlyMap<string, CheckInAnswer>> {
  const answers = new Map<string, CheckInAnswer>();
  for (const { cron, fromMs, toMs } of questions) {
    await paced();
    const window = { fromNs: epochNsFromMs(fromMs), toNs: epochNsFromMs(toMs) };
    const answer = await client.checkIns(cron.project, cron.monitor, checkInParameters(cron.environment, window));
    answers.set(
      cron.fingerprint,
      answer.ok
        ? { checkIns: answer.value, isWhole: answer.cursor === undefined && answer.skippedRows === 0 }
        : "unread",
    );
  }
  return answers;
}

/** Resolves when the next question may be sent, at once for the first; at once, too, when nobody waits any more. */
function pacemaker(signal: AbortSignal): () => Promise<void> {
  let isFirst = true;
  return async () => {
    if (!isFirst) await delay(PACE_MS, undefined, { signal }).catch(() => undefined);
    isFirst = false;
  };
}
