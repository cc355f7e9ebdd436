/**
 * Asks the sources of alerts again and again: Alertmanagers what fires and what is silenced, Prometheus servers for their
 * rules, Sentry for its cron monitors. Any number of processes may; the table of polls gives each question to one of them.
 */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import { store } from "@/lib/store/open-store";
import { nudgeDeliveryWorker } from "./delivery-worker";
import { pollAlerts } from "./poll-alerts";
import { pollCrons } from "./poll-crons";
import type { PollDeps, PollOutcome } from "./poll-deps";
import { pollRules } from "./poll-rules";
import { createPolledSources } from "./polled-sources";
import { repeatWork, type RepeatedWork } from "./repeat-work";

/** So often is looked whether something is due; an interval is exact to that. */
const TICK_MS = 5_000;

/** Next bundles this file several times into one process; the worker is one. */
const SLOT = Symbol.for("throughline.poll-worker");
const holder: typeof globalThis & { [SLOT]?: RepeatedWork | undefined } = globalThis;

/** Once per process, at its start. */
export function startPollWorker(): void {
  const { pollSeconds, rulePollSeconds, cronPollSeconds } = configuration().alerts;
  if (pollSeconds === 0 && rulePollSeconds === 0 && cronPollSeconds === 0) return;
  holder[SLOT] ??= createPollWorker();
}

/** What is asked is given up; resolves when nothing is under way. */
export async function stopPollWorker(): Promise<void> {
  await holder[SLOT]?.stop();
}

function createPollWorker(): RepeatedWork {
  const sources = createPolledSources();
  const work = repeatWork(TICK_MS, "alerts.polls", async (signal) => {
    const opened = await store();
    const { alerts: settings } = configuration();
    const current = await sources.current(opened.sources);
    await pollDue({ store: opened, settings, sources: current, now: () => new Date() }, signal);
  });
  return {
    async stop() {
      await work.stop();
      await sources.close();
    },
  };
}

/**
 * Asks whatever is due, all sources at once: one that hangs does not hold up the others longer than an answer may take.
 * Rejects only for what is our own fault.
 */
export async function pollDue(deps: PollDeps, signal: AbortSignal): Promise<readonly PollOutcome[]> {
  const { pollSeconds, rulePollSeconds, cronPollSeconds } = deps.settings;
  const polls = {
    alertmanager: { seconds: pollSeconds, poll: pollAlerts },
    prometheus: { seconds: rulePollSeconds, poll: pollRules },
    sentry: { seconds: cronPollSeconds, poll: pollCrons },
  };
  const outcomes = await Promise.allSettled(
    deps.sources.flatMap((source) => {
      const { seconds, poll } = polls[source.kind];
      return seconds === 0 ? [] : [poll(source, deps, signal)];
    }),
  );
  if (outcomes.some((one) => one.status === "fulfilled" && one.value === "ok")) nudgeDeliveryWorker();
  const broken = outcomes.find((one) => one.status === "rejected");
  if (broken) throw broken.reason;
  return outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}
