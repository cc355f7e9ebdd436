/** The only file that talks to Alertmanager and parses its JSON. Reads only; v2 writes are never called. */
import "server-only";
import type { FetchBudget } from "@/lib/domain/evidence-request";
import type { SourceHttp, SourceHttpResult } from "@/lib/platform/source-http";
import { ALERTS_PATH, alertsParameters, GROUPS_PATH, groupsParameters, STATUS_PATH } from "./query";
import { AlertGroupList, AlertList, GettableAlert, ServerStatus } from "./wire";

export type AlertmanagerFailure =
  | Extract<SourceHttpResult, { ok: false }>
  | { readonly ok: false; readonly kind: "bad-response"; readonly attempts: number };

export type AlertmanagerAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly skipped: number }
  | { readonly ok: false; readonly failure: AlertmanagerFailure };

export interface AlertmanagerClient {
  alerts(): Promise<AlertmanagerAnswer<readonly GettableAlert[]>>;
  /** The same alerts as the routing tree sees them: only here does a time-muted alert look suppressed. */
  groupedAlerts(): Promise<AlertmanagerAnswer<readonly GettableAlert[]>>;
  version(): Promise<AlertmanagerAnswer<string | undefined>>;
}

/** `budget.maxBytes` is split over the two lists, which are asked at once. */
export function createAlertmanagerClient(
  http: SourceHttp,
  budget: FetchBudget,
  signal: AbortSignal,
): AlertmanagerClient {
  const limits = { deadlineAtMs: budget.deadlineAtMs, maxBytes: Math.max(1, Math.floor(budget.maxBytes / 2)) };

  async function get<T>(
    operation: string,
    path: string,
    query: readonly (readonly [string, string])[],
    read: (body: unknown) => { value: T; skipped: number } | undefined,
  ): Promise<AlertmanagerAnswer<T>> {
    const result = await http.send(
      { operation: `alertmanager.${operation}`, method: "GET", path, query },
      limits,
      signal,
    );
    if (!result.ok) return { ok: false, failure: result };
    const answer = read(parseJson(result.text));
    if (answer === undefined) {
      return { ok: false, failure: { ok: false, kind: "bad-response", attempts: result.attempts } };
    }
    return { ok: true, ...answer };
  }

  return {
    alerts: () =>
      get("alerts", ALERTS_PATH, alertsParameters, (body) => {
        const list = AlertList.safeParse(body);
        return list.success ? readAlerts(list.data) : undefined;
      }),
    groupedAlerts: () =>
      get("groups", GROUPS_PATH, groupsParameters, (body) => {
        const groups = AlertGroupList.safeParse(body);
        return groups.success ? readAlerts(groups.data.flatMap((group) => group.alerts ?? [])) : undefined;
      }),
    version: () =>
      get("status", STATUS_PATH, [], (body) => {
        const status = ServerStatus.safeParse(body);
        return status.success ? { value: status.data.versionInfo?.version ?? undefined, skipped: 0 } : undefined;
      }),
  };
}

function readAlerts(rows: readonly unknown[]) {
  const value: GettableAlert[] = [];
  for (const row of rows) {
    const alert = GettableAlert.safeParse(row);
    if (alert.success) value.push(alert.data);
  }
  return { value, skipped: rows.length - value.length };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
