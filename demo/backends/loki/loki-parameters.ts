/** Parameters of Loki's read API: accepted spellings, defaults and refusals (pkg/loghttp/params.go, recorded with 3.4.6). */
import { type DemoRequest, Refusal } from "../demo-server";
import { parseDurationNs } from "../go-duration";

export interface LokiWindow {
  readonly startNs: bigint;
  /** Exclusive. */
  readonly endNs: bigint;
}

export interface LokiParameters {
  first(name: string): string;
  all(name: string): string[];
}

/** URL and form body together, as Loki reads them. */
export function parametersOf(request: DemoRequest): LokiParameters {
  const isForm = (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  const form = new URLSearchParams(isForm ? request.body : "");
  return {
    first: (name) => form.get(name) ?? request.query.get(name) ?? "",
    all: (name) => [...form.getAll(name), ...request.query.getAll(name)],
  };
}

/** `start` defaults to `since` (1 h) before the end, `end` to now. Units: `nowMs` epoch milliseconds. */
export function windowOf(parameters: LokiParameters, nowMs: number): LokiWindow {
  const nowNs = BigInt(Math.round(nowMs)) * 1_000_000n;
  const endNs = instantOf(parameters, "end") ?? nowNs;
  const since = parameters.first("since");
  const sinceNs = since === "" ? 3_600_000_000_000 : parseDurationNs(since);
  if (sinceNs === undefined)
    throw new Refusal(400, `could not parse 'since' parameter: not a valid duration string: "${since}"`);
  const reference = endNs < nowNs ? endNs : nowNs;
  return { startNs: instantOf(parameters, "start") ?? reference - BigInt(sinceNs), endNs };
}

/** Up to ten digits are seconds, more are ns; a point makes float seconds; else RFC 3339. */
export function instantOf(parameters: LokiParameters, name: string): bigint | undefined {
  const text = parameters.first(name);
  if (text === "") return undefined;
  if (/^[0-9]+\.[0-9]+$/u.test(text)) return BigInt(Math.round(Number(text) * 1000)) * 1_000_000n;
  if (/^-?[0-9]+$/u.test(text)) return text.length <= 10 ? BigInt(text) * 1_000_000_000n : BigInt(text);
  const instant = rfc3339Ns(text);
  if (instant !== undefined) return instant;
  throw new Refusal(
    400,
    `could not parse '${name}' parameter: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

function rfc3339Ns(text: string): bigint | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/u.exec(text);
  const seconds = parts === null ? Number.NaN : Date.parse(`${parts[1] ?? ""}${parts[3] ?? ""}`) / 1000;
  if (Number.isNaN(seconds)) return undefined;
  return BigInt(seconds) * 1_000_000_000n + BigInt((parts?.[2] ?? "").padEnd(9, "0"));
}

export function limitOf(parameters: LokiParameters): number {
  const text = parameters.first("limit");
  if (text === "") return 100;
  if (!/^[-+]?[0-9]+$/u.test(text))
    throw new Refusal(400, `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const limit = Number(text);
  if (limit <= 0) throw new Refusal(400, "limit must be a positive value");
  return limit;
}

export function directionOf(parameters: LokiParameters): "forward" | "backward" {
  const text = parameters.first("direction");
  const lower = text.toLowerCase();
  if (lower === "" || lower === "backward") return "backward";
  if (lower === "forward") return "forward";
  throw new Refusal(400, `invalid direction '${text}'`);
}

/** Seconds; default so that a range has about 250 steps. */
export function stepOf(parameters: LokiParameters, window: LokiWindow): number {
  const text = parameters.first("step");
  const rangeSeconds = Number(window.endNs - window.startNs) / 1e9;
  if (text === "") return Math.max(Math.floor(rangeSeconds / 250), 1);
  const plain = Number(text);
  const seconds = Number.isNaN(plain) ? (parseDurationNs(text) ?? Number.NaN) / 1e9 : plain;
  if (Number.isNaN(seconds)) throw new Refusal(400, `cannot parse ${JSON.stringify(text)} to a valid duration`);
  if (seconds <= 0)
    throw new Refusal(400, "zero or negative query resolution step widths are not accepted. Try a positive integer");
  return seconds;
}
