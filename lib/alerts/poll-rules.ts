/** Asks one Prometheus for its alerting rules, when it is due, and keeps what changed with the time at which it was seen. */
import "server-only";
import { createPrometheusClient } from "@/lib/sources/prometheus/client";
import { defineRules } from "./define-rules";
import { ANSWER_BYTES, ANSWER_MS, countPoll, failureWords, type PollDeps, type PollOutcome } from "./poll-deps";
import type { PolledSource } from "./polled-sources";

const MAX_RULES = 20_000;

export async function pollRules(source: PolledSource, deps: PollDeps, signal: AbortSignal): Promise<PollOutcome> {
  const { polls, ruleVersions } = deps.store;
  const now = deps.now();
  const state = await polls.take(source.id, "rules", now, deps.settings.rulePollSeconds * 1_000);
  if (!state) return "idle";
  const budget = { deadlineAtMs: Date.now() + ANSWER_MS, maxBytes: ANSWER_BYTES, maxRows: MAX_RULES };
  const answer = await createPrometheusClient(source.http, budget, 1, signal).definedRules();
  if (signal.aborted) return "idle";
  if (!answer.ok || answer.value.rules.length > MAX_RULES) {
    const words = answer.ok ? "too-large" : failureWords(answer.failure);
    await polls.failed(source.id, "rules", words);
    countPoll(source.id, "rules", words, now);
    return "failed";
  }
  const { rules, skipped } = answer.value;
  // An empty list is what a server without its files says too: nothing is removed by it.
  const isWhole = !answer.isPartial && skipped === 0 && rules.length > 0;
  await ruleVersions.take(source.id, defineRules(rules), isWhole, now);
  await polls.heard(source.id, "rules", now, state.memory);
  countPoll(source.id, "rules", "ok", now);
  return "ok";
}
