/** The attributes of an HTTP server span, in the OpenTelemetry spelling; RED metrics are counted from them. */
import type { DemoValue } from "../../backends/backend";

export function httpCall(method: string, route: string, path: string, status: number): Record<string, DemoValue> {
  return {
    "http.request.method": method,
    "http.route": route,
    "url.path": path,
    "http.response.status_code": BigInt(status),
  };
}

/** A query as the database clients record it. The text never holds values. */
export function dbCall(system: string, namespace: string, query: string): Record<string, DemoValue> {
  return { "db.system.name": system, "db.namespace": namespace, "db.query.text": query };
}
