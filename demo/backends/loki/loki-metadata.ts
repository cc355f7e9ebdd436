/** Labels, series and index statistics: what Loki knows about streams without reading lines. */
import { type DemoAnswer, Refusal } from "../demo-server";
import { type LabelMatcher, selectorOf, selects } from "./label-matcher";
import { firstAtOrAfter, type LogStore, type LogStream } from "./log-store";
import { parseLogqlTree } from "./logql-tree";
import { type LokiParameters, windowOf } from "./loki-parameters";

export function jsonAnswer(body: object): DemoAnswer {
  // Loki writes <, > and & as escapes, so that a browser never takes a log line for markup.
  const text = JSON.stringify(body).replace(
    /[<>&\u2028\u2029]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { status: 200, body: `${text}\n`, contentType: "application/json; charset=UTF-8" };
}

/** A selector alone; a pipeline is refused. `{}` and no text mean every stream where `optional`. */
function matchersOf(text: string, optional: boolean): LabelMatcher[] {
  if (optional && /^\s*(?:\{\s*\})?\s*$/u.test(text)) return [];
  const tree = parseLogqlTree(text);
  const log = tree.top.firstChild?.getChild("LogExpr") ?? null;
  const selector = log?.getChild("Selector") ?? null;
  if (log === null || selector === null || log.getChild("PipelineExpr") !== null) {
    throw new Refusal(400, "only label matchers are supported");
  }
  return selectorOf(tree, selector);
}

function streamsIn(
  store: LogStore,
  parameters: LokiParameters,
  nowMs: number,
  matchers: readonly LabelMatcher[],
): LogStream[] {
  const { startNs, endNs } = windowOf(parameters, nowMs);
  return [...store.streams()].filter(
    ({ labels, entries }) =>
      selects(matchers, labels) && firstAtOrAfter(entries, startNs) < firstAtOrAfter(entries, endNs + 1n),
  );
}

function refuseFuture(parameters: LokiParameters, nowMs: number): void {
  const { startNs, endNs } = windowOf(parameters, nowMs);
  if (startNs > endNs) {
    throw new Refusal(400, "this data is no longer available, it is past now - max_query_lookback (0s)");
  }
}

/** `data` is left out when there is nothing to list. */
function listAnswer(values: Iterable<string>): DemoAnswer {
  const data = [...new Set(values)].sort();
  return jsonAnswer({ status: "success", ...(data.length === 0 ? {} : { data }) });
}

export function labelNames(store: LogStore, parameters: LokiParameters, nowMs: number): DemoAnswer {
  refuseFuture(parameters, nowMs);
  const streams = streamsIn(store, parameters, nowMs, matchersOf(parameters.first("query"), true));
  return listAnswer(streams.flatMap(({ labels }) => Object.keys(labels)));
}

export function labelValues(store: LogStore, name: string, parameters: LokiParameters, nowMs: number): DemoAnswer {
  refuseFuture(parameters, nowMs);
  const streams = streamsIn(store, parameters, nowMs, matchersOf(parameters.first("query"), true));
  return listAnswer(streams.flatMap(({ labels }) => (labels[name] === undefined ? [] : [labels[name]])));
}

export function seriesList(store: LogStore, parameters: LokiParameters, nowMs: number): DemoAnswer {
  const selectors = [...parameters.all("match[]"), ...parameters.all("match")];
  const wanted = (selectors.length === 0 ? [""] : selectors).map((text) => matchersOf(text, true));
  const streams = streamsIn(store, parameters, nowMs, []);
  const data = streams.filter(({ labels }) => wanted.some((matchers) => selects(matchers, labels)));
  return jsonAnswer({ status: "success", data: data.map(({ labels }) => labels) });
}

/** No `status` wrapper. Real counts: one chunk a stream, where Loki estimates. */
export function indexStats(store: LogStore, parameters: LokiParameters, nowMs: number): DemoAnswer {
  const { startNs, endNs } = windowOf(parameters, nowMs);
  const streams = streamsIn(store, parameters, nowMs, matchersOf(parameters.first("query"), false));
  const entries = streams.flatMap((stream) =>
    stream.entries.slice(firstAtOrAfter(stream.entries, startNs), firstAtOrAfter(stream.entries, endNs)),
  );
  const bytes = entries.reduce((total, { line }) => total + Buffer.byteLength(line), 0);
  return jsonAnswer({ streams: streams.length, chunks: streams.length, bytes, entries: entries.length });
}
