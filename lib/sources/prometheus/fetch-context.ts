/**
 * Everything Prometheus knows around the touched services, asked at once: RED lines, firing episodes, rules, exemplars.
 * Each part fails alone; what one server lacks (exemplars on VictoriaMetrics, rules behind vmalert) costs only that part.
 */
import { epochMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { MetricSeries } from "@/lib/domain/source-outcome";
import type { SourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import { isInWindow, type TimeWindow } from "@/lib/domain/time-window";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { alertEpisodes } from "./alert-episodes";
import type { PrometheusAnswer, PrometheusClient, PrometheusFailure } from "./client";
import { alertEvent, exemplarEvents, isOfServices } from "./normalize";
import { metricSeries } from "./normalize-metrics";
import {
  alertEdgeQueries,
  exemplarParameters,
  exemplarQuery,
  instantParameters,
  rangeParameters,
  redQueries,
  serviceLabels,
} from "./query";
import { gridChunks, gridOfStep, timeGrid } from "./time-grid";
import type { ExemplarSet, Series } from "./wire";

/** At most the evaluation interval of the rules, or short episodes vanish; 15 s is the usual floor. */
const ALERT_STEP_S = 15;
/** Prometheus refuses more than 11,000 points; one is kept back because both ends count. */
const POINTS_PER_CHUNK = 10_999;
/** 7.6 days of alert history; each piece is two requests. */
const MAX_CHUNKS = 4;

/** Requests that run at once for a short window, for dividing the byte budget. */
export const PARALLEL_REQUESTS = 8;

export interface PrometheusQuestion {
  readonly source: SourceId;
  readonly client: PrometheusClient;
  readonly red: SourceSettings["red"];
  readonly rawServices: readonly string[];
  readonly window: TimeWindow;
  readonly gapOf: (failure: PrometheusFailure) => EvidenceGap;
}

export interface PrometheusPart {
  readonly answered: boolean;
  readonly events: readonly TimelineEvent[];
  readonly metrics: readonly MetricSeries[];
  readonly gaps: readonly EvidenceGap[];
  readonly promql: readonly string[];
}

/** Parts in a fixed order, so that the same answers give the same outcome. */
export async function fetchContext(question: PrometheusQuestion): Promise<PrometheusPart[]> {
  return Promise.all([fetchRed(question), fetchAlerts(question), fetchExemplars(question)]);
}

async function fetchRed(question: PrometheusQuestion): Promise<PrometheusPart> {
  const grid = timeGrid(question.window);
  const asked = redQueries(question.red, question.rawServices, grid.stepS);
  const answers = await Promise.all(asked.map(({ promql }) => question.client.range(rangeParameters(promql, grid))));
  const labels = serviceLabels(question.red);
  return {
    answered: answers.some((answer) => answer.ok),
    events: [],
    metrics: asked.flatMap(({ signal }, index) => {
      const answer = answers[index];
      return answer?.ok ? metricSeries(signal, answer.value, grid, labels) : [];
    }),
    gaps: gapsOf(question, answers),
    promql: asked.map(({ promql }) => promql),
  };
}

async function fetchAlerts(question: PrometheusQuestion): Promise<PrometheusPart> {
  const { client } = question;
  const grid = gridOfStep(question.window, ALERT_STEP_S);
  const allChunks = gridChunks(grid, POINTS_PER_CHUNK);
  const chunks = allChunks.slice(0, MAX_CHUNKS);
  const startS = chunks.at(-1)?.startS ?? grid.startS;
  const queries = alertEdgeQueries(ALERT_STEP_S);
  const range = (promql: string) => Promise.all(chunks.map((chunk) => client.range(rangeParameters(promql, chunk))));
  const [starts, ends, before, rules] = await Promise.all([
    range(queries.starts),
    range(queries.ends),
    client.instant(instantParameters(queries.now, startS - ALERT_STEP_S)),
    client.alertingRules(),
  ]);
  const labels = [...serviceLabels(question.red), "app"];
  const episodes = alertEpisodes(seriesOf(starts), seriesOf(ends), before.ok ? before.value : [], {
    startS,
    stepS: ALERT_STEP_S,
  }).filter((episode) => isOfServices(episode.labels, labels, question.rawServices));
  const gaps = gapsOf(question, [...starts, ...ends, before]);
  // Rules only add words to alerts that are known already, and some servers keep them elsewhere.
  if (!rules.ok && !rules.isMissing) gaps.push(question.gapOf(rules.failure));
  if (chunks.length < allChunks.length) {
    gaps.push(
      own(
        question,
        "truncated",
        "Alert history was read for the newest days of the window only. Ask for an earlier time to see the rest.",
      ),
    );
  }
  return {
    answered: [...starts, ...ends, before].some((answer) => answer.ok),
    events: episodes.map((episode) => alertEvent(question.source, episode, rules.ok ? rules.value : [], labels)),
    metrics: [],
    gaps,
    promql: [queries.starts, queries.ends, queries.now],
  };
}

async function fetchExemplars(question: PrometheusQuestion): Promise<PrometheusPart> {
  const promql = exemplarQuery(question.red, question.rawServices);
  if (promql === undefined) return { answered: false, events: [], metrics: [], gaps: [], promql: [] };
  const { window } = question;
  const answer: PrometheusAnswer<readonly ExemplarSet[]> = await question.client.exemplars(
    exemplarParameters(promql, epochMs(window.fromNs) / 1000, epochMs(window.toNs) / 1000),
  );
  // Exemplars are an extra that most servers do not keep; a server without the endpoint has lost nothing.
  const gaps = !answer.ok && answer.isMissing ? [] : gapsOf(question, [answer]);
  const { events, total } = answer.ok
    ? exemplarEvents(question.source, answer.value, serviceLabels(question.red), (at) => isInWindow(window, at))
    : { events: [], total: 0 };
  if (events.length < total) {
    const detail = "Too many sampled requests; only the slowest were looked through.";
    gaps.push({ ...own(question, "truncated", detail), shown: events.length, total });
  }
  return { answered: answer.ok, events, metrics: [], gaps, promql: [promql] };
}

function seriesOf(answers: readonly PrometheusAnswer<readonly Series[]>[]): Series[] {
  return answers.flatMap((answer) => (answer.ok ? answer.value : []));
}

function gapsOf(question: PrometheusQuestion, answers: readonly PrometheusAnswer<unknown>[]): EvidenceGap[] {
  const failed = answers.flatMap((answer) => (answer.ok ? [] : [question.gapOf(answer.failure)]));
  const isPartial = answers.some((answer) => answer.ok && answer.isPartial);
  return isPartial
    ? [...failed, own(question, "partial", "The metrics source says that its answer is incomplete.")]
    : failed;
}

function own(question: PrometheusQuestion, reason: "partial" | "truncated", detail: string): EvidenceGap {
  return { source: question.source, reason, detail, window: question.window, retryable: reason === "partial" };
}
