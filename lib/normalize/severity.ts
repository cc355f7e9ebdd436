/** Levels of all loggers on one scale. OpenTelemetry severity numbers: logs data model, "Field: SeverityNumber". */
import type { Severity } from "@/lib/domain/severity";

const WORDS: Readonly<Record<string, Severity>> = {
  trace: "debug",
  debug: "debug",
  dbug: "debug",
  verbose: "debug",
  fine: "debug",
  info: "info",
  information: "info",
  notice: "info",
  none: "info",
  ok: "info",
  warn: "warning",
  warning: "warning",
  err: "error",
  error: "error",
  eror: "error",
  severe: "error",
  page: "critical",
  fatal: "critical",
  crit: "critical",
  critical: "critical",
  alert: "critical",
  emerg: "critical",
  emergency: "critical",
  panic: "critical",
};

/** Text levels in any case (`WARN`, `Information`, `E`), or OpenTelemetry severity numbers 1 to 24 (also as text). */
export function parseSeverity(value: string | number | undefined): Severity {
  if (value === undefined) return "unknown";
  if (typeof value === "number") return fromNumber(value);
  const word = value.trim().toLowerCase();
  if (/^\d+$/.test(word)) return fromNumber(Number(word));
  // OpenTelemetry short names carry a rank: INFO2, ERROR3.
  return WORDS[word] ?? WORDS[word.replace(/[1-4]$/, "")] ?? "unknown";
}

function fromNumber(value: number): Severity {
  if (value >= 21 && value <= 24) return "critical";
  if (value >= 17 && value < 21) return "error";
  if (value >= 13 && value < 17) return "warning";
  if (value >= 9 && value < 13) return "info";
  if (value >= 1 && value < 9) return "debug";
  return "unknown";
}
