/** Recorded exchanges the Tempo stand-in does not imitate, each with its reason. The replay test holds the rest to the recording. */
import type { RecordedExchange } from "../recorded-exchanges";

interface OutOfScope {
  readonly because: string;
  test(exchange: RecordedExchange): boolean;
}

const byName = (because: string, pattern: RegExp): OutOfScope => ({ because, test: ({ name }) => pattern.test(name) });

export const OUT_OF_SCOPE: readonly OutOfScope[] = [
  {
    because: "another server: multitenancy, a lowered size limit, a broken block",
    test: ({ instance }) => instance !== undefined && !instance.startsWith("run on the object store"),
  },
  byName("TraceQL metrics: refused with 501, never guessed", /^metrics[.](?!instant[.]wrong-path)/u),
  byName("asked before the flush: `flags` are still there, searches are still empty", /^fresh[.](?:v2[.]zoo|search)/u),
  byName("administration page", /^status[.]overrides$/u),
  byName("protobuf: the stand-in always answers JSON", /^v[12][.]protobuf$/u),
  byName("Tempo gives the second span of a shared id a new id", /d_duplicate_span_id$/u),
  byName(
    "`= nil` together with other conditions finds nothing in the real block; here it finds the spans",
    /^search[.]nil(?:$|[.](?:negated|and|spanset|two)$)/u,
  ),
  byName("line 0 or a shifted column in the position of a parse error", /^(?:error[.]no-braces|values[.]v2[.]bare)$/u),
  byName(
    "the real block hides two names from its tag list, and `limit` drops whole scopes",
    /^tags[.]v[12](?:$|[.](?:scope-none|scope-span|limit-))/u,
  ),
  byName(
    "which values fall behind the limit is arbitrary",
    /^values[.]v2[.](?:order|orderId|unscoped|limit-2|duration|filtered[.]duration)$/u,
  ),
  byName(
    "enums as integers, and ids as raw bytes, depending on window and filter",
    /^values[.]v2[.](?:status|kind|trace-id|filtered[.](?:span:)?(?:status|kind)|filtered[.]trace:id)$/u,
  ),
  byName(
    "object store without recent data: there a window or mode restricts a by-id request",
    /^backend[.]v[12][.](?:window-(?:miss|ns)|mode-ingesters)$/u,
  ),
];
