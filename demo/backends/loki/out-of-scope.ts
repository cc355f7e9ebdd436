/** Recorded exchanges the Loki stand-in does not imitate, each with its reason. The replay test holds the rest to the recording. */
import type { RecordedExchange } from "../recorded-exchanges";

interface OutOfScope {
  readonly because: string;
  test(exchange: RecordedExchange): boolean;
}

const byName = (because: string, pattern: RegExp): OutOfScope => ({ because, test: ({ name }) => pattern.test(name) });

export const OUT_OF_SCOPE: readonly OutOfScope[] = [
  { because: "another server: tenants, lowered limits, gzip", test: ({ instance }) => instance !== undefined },
  byName("websocket", /^tail[.]/u),
];
