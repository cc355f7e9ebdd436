/** The level Loki 3.4 writes into the metadata key `detected_level` of every line it takes (distributor/field_detection.go). */
import { flattenJson } from "./flatten-json";
import { parseLogfmt } from "./logfmt";

const LEVEL_KEYS =
  "level LEVEL Level severity SEVERITY Severity lvl LVL Lvl severity_text Severity_Text SEVERITY_TEXT".split(" ");
const SPELLINGS: Readonly<Record<string, string>> = {
  trace: "trace",
  trc: "trace",
  debug: "debug",
  dbg: "debug",
  info: "info",
  inf: "info",
  information: "info",
  warn: "warn",
  wrn: "warn",
  warning: "warn",
  error: "error",
  err: "error",
  critical: "critical",
  fatal: "fatal",
};
const WORDS = ["info", "error", "warn", "critical", "debug"];

type Texts = Readonly<Record<string, string>>;

/** Precedence: index label, metadata, OTLP severity number, field of a JSON or logfmt line, words of the line. */
export function detectLevel(labels: Texts, metadata: Texts, line: string): string {
  const given = firstLevel(labels) ?? firstLevel(metadata);
  if (given !== undefined) return SPELLINGS[given.toLowerCase()] ?? given;
  const severity = Number(metadata["severity_number"]);
  if (severity > 0) return levelOfSeverity(severity);
  const field = fieldsOf(line);
  const spelled = field === undefined ? undefined : SPELLINGS[(firstLevel(field) ?? "").toLowerCase()];
  return spelled ?? levelOfWords(line);
}

function firstLevel(texts: Texts): string | undefined {
  for (const key of LEVEL_KEYS) if ((texts[key] ?? "") !== "") return texts[key];
  return undefined;
}

function levelOfSeverity(severity: number): string {
  return ["trace", "debug", "info", "warn", "error", "fatal"][Math.ceil(severity / 4) - 1] ?? "unknown";
}

function fieldsOf(line: string): Texts | undefined {
  const text = line.trim();
  if (text.startsWith("{") && text.endsWith("}")) return flattenJson(line, true).fields;
  if (/^\s*[^\s="]+=/u.test(line)) return parseLogfmt(line).fields;
  return undefined;
}

function levelOfWords(line: string): string {
  return WORDS.find((word) => line.includes(word) || line.includes(word.toUpperCase())) ?? "unknown";
}
