/** `/api/v1/status/*`: what a client reads to learn version, retention and limits. */
import type { HttpAnswer } from "../serve-http";
import { success } from "./api-answer";
import type { SeriesStore } from "./series-store";

export const RETENTION = "60d";

const FLAGS = {
  "enable-feature": "exemplar-storage",
  "query.lookback-delta": "5m",
  "query.max-concurrency": "20",
  "query.max-samples": "50000000",
  "query.timeout": "2m",
  "rules.alert.for-grace-period": "10m",
  "rules.alert.for-outage-tolerance": "1h",
  "rules.alert.resend-delay": "1m",
  "storage.tsdb.retention.size": "0B",
  "storage.tsdb.retention.time": RETENTION,
  "web.enable-admin-api": "false",
};

export function answerBuildInfo(): HttpAnswer {
  return success({
    version: "3.5.3",
    revision: "demo",
    branch: "HEAD",
    buildUser: "throughline-demo",
    buildDate: "20260929-11:59:39",
    goVersion: "go1.27.1",
  });
}

export function answerRuntimeInfo(startedAtMs: number, nowMs: number): HttpAnswer {
  return success({
    startTime: new Date(startedAtMs).toISOString(),
    CWD: "/data",
    hostname: "localhost",
    serverTime: new Date(nowMs).toISOString(),
    reloadConfigSuccess: true,
    lastConfigTime: new Date(startedAtMs).toISOString(),
    corruptionCount: 0,
    goroutineCount: 43,
    GOMAXPROCS: 2,
    GOMEMLIMIT: 9_223_372_036_854_776_000,
    GOGC: "75",
    GODEBUG: "",
    storageRetention: RETENTION,
  });
}

export function answerFlags(): HttpAnswer {
  return success(FLAGS);
}

/** Times are milliseconds here, unlike everywhere else in the API. */
export function answerTsdb(store: SeriesStore, limit: number): HttpAnswer {
  const all = store.all();
  const counts = (keys: readonly string[]) => {
    const totals = new Map<string, number>();
    for (const key of keys) totals.set(key, (totals.get(key) ?? 0) + 1);
    return [...totals]
      .map(([name, value]) => ({ name, value }))
      .sort((a, b) => b.value - a.value)
      .slice(0, limit);
  };
  const pairs = all.flatMap((series) => series.labels.entries);
  const distinctPairs = [...new Set(pairs.map(([name, value]) => `${name}=${value}`))];
  const times = all.flatMap((series) => [series.times[0], series.times.at(-1)]).filter((at) => at !== undefined);
  return success({
    headStats: {
      numSeries: all.length,
      numLabelPairs: distinctPairs.length,
      chunkCount: all.length,
      minTime: times.reduce((least, at) => Math.min(least, at), Number.MAX_SAFE_INTEGER),
      maxTime: times.reduce((most, at) => Math.max(most, at), Number.MIN_SAFE_INTEGER),
    },
    seriesCountByMetricName: counts(all.map((series) => series.labels.get("__name__"))),
    labelValueCountByLabelName: counts(distinctPairs.map((pair) => pair.slice(0, pair.indexOf("=")))),
    memoryInBytesByLabelName: [],
    seriesCountByLabelValuePair: counts(pairs.map(([name, value]) => `${name}=${value}`)),
  });
}
