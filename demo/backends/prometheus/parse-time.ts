/** Durations and instants as Prometheus' parameters spell them (model.ParseDuration, web/api/v1 parseTime). */
const UNITS_MS: Readonly<Record<string, number>> = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** `1h30m`, `15s`, `0` → milliseconds; undefined when it is no duration. */
export function parseDurationMs(text: string): number | undefined {
  if (text === "0") return 0;
  const match = DURATION.exec(text);
  if (text === "" || !match) return undefined;
  const parts = match.slice(1);
  return ["y", "w", "d", "h", "m", "s", "ms"].reduce(
    (total, unit, index) => total + Number(parts[index] ?? 0) * (UNITS_MS[unit] ?? 0),
    0,
  );
}

/** A duration parameter: float seconds or a duration. */
export function parseDurationParameterMs(text: string): number | undefined {
  return PLAIN_NUMBER.test(text) ? Number(text) * 1000 : parseDurationMs(text);
}

/** A time parameter: float unix seconds (rounded to the millisecond) or RFC3339. */
export function parseTimestampMs(text: string): number | undefined {
  if (PLAIN_NUMBER.test(text)) return Math.round(Number(text) * 1000);
  if (!RFC3339.test(text)) return undefined;
  const parsedMs = Date.parse(text);
  return Number.isNaN(parsedMs) ? undefined : parsedMs;
}
