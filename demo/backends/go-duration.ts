/** Durations as Go and Prometheus write them (`1h30m`, `5.5ms`, `2d`). */

const NS_OF_UNIT: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
  w: 604_800e9,
  y: 31_536_000e9,
};
const PART = /([0-9]*\.?[0-9]+)(ns|us|µs|ms|s|m|h|d|w|y)/gy;

/** Nanoseconds (exact below 2^53, which is 104 days), or undefined when the text is no duration. */
export function parseDurationNs(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  const body = text.replace(/^[-+]/u, "");
  if (body === "0") return 0;
  let total = 0;
  let end = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(body); part !== null; part = PART.exec(body)) {
    total += Number(part[1]) * (NS_OF_UNIT[part[2] ?? ""] ?? 0);
    end = PART.lastIndex;
  }
  return end > 0 && end === body.length ? sign * Math.round(total) : undefined;
}

/** Go's `time.Duration.String()`: `1h0m0s`, `5.286511ms`. */
export function formatDuration(ns: number): string {
  if (ns === 0) return "0s";
  if (Math.abs(ns) < 1e3) return `${String(ns)}ns`;
  if (Math.abs(ns) < 1e6) return `${String(ns / 1e3)}µs`;
  if (Math.abs(ns) < 1e9) return `${String(ns / 1e6)}ms`;
  const seconds = Math.floor(ns / 1e9);
  const rest = `${String(seconds % 60)}${fraction(ns % 1e9)}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return rest;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${String(minutes)}m${rest}` : `${String(hours)}h${String(minutes % 60)}m${rest}`;
}

function fraction(ns: number): string {
  return ns === 0 ? "" : `.${String(ns).padStart(9, "0").replace(/0+$/u, "")}`;
}
