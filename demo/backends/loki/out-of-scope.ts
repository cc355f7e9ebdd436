/** Recorded exchanges the Loki stand-in does not imitate, each with its reason. The replay test holds the rest to the recording. */
import type { RecordedExchange } from "../recorded-exchanges";

interface OutOfScope {
  readonly because: string;
  test(exchange: RecordedExchange): boolean;
}

const byName = (because: string, pattern: RegExp): OutOfScope => ({ because, test: ({ name }) => pattern.test(name) });

const NOT_BUILT = "not imitated: refused with 501, so that nobody takes a made-up answer for evidence";

export const OUT_OF_SCOPE: readonly OutOfScope[] = [
  { because: "another server: tenants, lowered limits, gzip", test: ({ instance }) => instance !== undefined },
  byName("websocket, and the refusals before its upgrade", /^tail[.]/u),
  byName(NOT_BUILT, /^(?:index-volume|index-shards|detected-|patterns[.]|otlp[.]odd[.]detected|poison[.]detected)/u),
  byName(NOT_BUILT, /^(?:ruler[.]|status[.]old-api|form[.]ip-filter|live[.](?:patterns|detected))/u),
  byName(NOT_BUILT, /^metric[.](?:unwrap|pipeline-error|quantile|absent)$/u),
  byName("asks for lines pushed while recording, which are not in the data set", /^live[.]query-range$/u),
  byName("offered on purpose, as Loki 3.6 does: a client cannot learn the retention otherwise", /^status[.]drilldown/u),
  byName("the stand-in checks a query but does not lay it out anew", /^status[.]format-query[.]ok$/u),
  byName("token lists of the parser generator inside a JSON error", /^status[.]format-query[.]bad$/u),
  byName("Loki gives a nonsense time for a scalar", /^status[.]query[.]scalar$/u),
  byName("estimates of chunks and bytes; the stand-in counts", /^index-stats[.](?:all|one)$/u),
  byName(
    "which parse error details, and which side of a name collision win, depends on neighbouring lines",
    /^form[.](?:json-errors|parsed-collides-sm|no-error|only-error)/u,
  ),
  byName("unpack of a line that is no packed line", /^form[.]unpack[.]/u),
  byName("parquet is refused by the real server; the stand-in ignores Accept", /^form[.]accept-parquet$/u),
  byName(
    "500 for metadata keys that are not ASCII: the stand-in normalises the key instead",
    /^poison[.](?:selector|only|labels|otlp$|metric-by)/u,
  ),
  byName("odd OTLP severities and bodies", /^otlp[.]odd[.](?:cat|plain)$/u),
  byName(
    "which lines of one instant fall behind the limit is arbitrary",
    /^page[.]tie[.](?:forward|backward)-limit-(?:20|39|40|41)$/u,
  ),
  byName("equal bounds answer with part of the instant", /^page[.]bounds[.]equal$/u),
  byName("line 0 instead of 1 in the position of the first token", /^error[.]no-selector$/u),
  byName(
    "checks of the push path: age, label names, content type, over-long lines with 400 in other words",
    /^push[.](?:future|too-far-behind|label-with-dot|otlp-|line-too-long)/u,
  ),
];
