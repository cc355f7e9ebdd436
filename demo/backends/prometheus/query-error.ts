/** A refusal in Prometheus' own terms: the error type decides the HTTP status (web/api/v1/api.go). */
export type QueryErrorType = "bad_data" | "execution" | "internal" | "unavailable";

const STATUS: Readonly<Record<QueryErrorType, number>> = {
  bad_data: 400,
  execution: 422,
  internal: 500,
  unavailable: 500,
};

export class QueryError extends Error {
  readonly status: number;

  constructor(
    readonly errorType: QueryErrorType,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = STATUS[errorType];
  }
}

/** A parse error with Prometheus' `line:column` prefix. `at` counts UTF-16 units from the start of the query. */
export function parseError(query: string, at: number, message: string): QueryError {
  const before = query.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  return new QueryError("bad_data", `${String(line)}:${String(column)}: parse error: ${message}`);
}

/** What the real server can do and this one cannot: said openly, so that nobody mistakes it for an empty answer. */
export function unsupported(what: string): QueryError {
  return new QueryError("execution", `${what} is not supported by the demo backend`);
}
