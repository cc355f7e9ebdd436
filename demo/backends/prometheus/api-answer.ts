/** The envelope of Prometheus' HTTP API. */
import type { HttpAnswer } from "../serve-http";
import { QueryError } from "./query-error";

const JSON_HEADERS = { "content-type": "application/json" };
const TEXT_HEADERS = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };

export interface Notes {
  readonly warnings?: Iterable<string>;
  readonly infos?: Iterable<string>;
}

/** Empty lists of notes are left out, as the server does. */
export function success(data: unknown, notes: Notes = {}): HttpAnswer {
  const warnings = [...(notes.warnings ?? [])];
  const infos = [...(notes.infos ?? [])];
  const extra = { ...(warnings.length > 0 ? { warnings } : {}), ...(infos.length > 0 ? { infos } : {}) };
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ status: "success", data, ...extra }) };
}

export function failure(error: QueryError): HttpAnswer {
  const body = JSON.stringify({ status: "error", errorType: error.errorType, error: error.message });
  return { status: error.status, headers: JSON_HEADERS, body };
}

export function text(status: number, body: string): HttpAnswer {
  return { status, headers: TEXT_HEADERS, body };
}

/** The refusal of one parameter, in the server's words. */
export function invalidParameter(name: string, message: string): QueryError {
  return new QueryError("bad_data", `invalid parameter ${JSON.stringify(name)}: ${message}`);
}

export const TRUNCATED = "results truncated due to limit";
