/** The only file that talks to Alertmanager and parses its JSON. Reads only; v2 writes are never called. */
import "server-only";
import type { z } from "zod";
import type { FetchBudget } from "@/lib/domain/evidence-request";
import type { SourceHttp, SourceHttpResult } from "@/lib/platform/source-http";
import { ALERTS_PATH, alertsParameters, GROUPS_PATH, groupsParameters, SILENCES_PATH, STATUS_PATH } from "./query";
import { AlertGroupList, AlertList, GettableAlert, GettableSilence, ServerStatus, SilenceList } from "./wire";

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
  /** Those in force, those to come, and those that ended a while ago. */
  silences(): Promise<AlertmanagerAnswer<readonly GettableSilence[]>>;
  status(): Promise<AlertmanagerAnswer<ServerStatus>>;
  version(): Promise<AlertmanagerAnswer<string | undefined>>;
}

/** `budget.maxBytes` is what two lists that are asked at once may hold together: each answer gets half of it. */
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

  const status = () =>
    get("status", STATUS_PATH, [], (body) => {
      const read = ServerStatus.safeParse(body);
      return read.success ? { value: read.data, skipped: 0 } : undefined;
    });

  return {
    alerts: () =>
      get("alerts", ALERTS_PATH, alertsParameters, (body) => {
        const list = AlertList.safeParse(body);
        return list.success ? readEach(list.data, GettableAlert) : undefined;
      }),
    groupedAlerts: () =>
      get("groups", GROUPS_PATH, groupsParameters, (body) => {
        const groups = AlertGroupList.safeParse(body);
        return groups.success
          ? readEach(
              groups.data.flatMap((group) => group.alerts ?? []),
              GettableAlert,
            )
          : undefined;
      }),
    silences: () =>
      get("silences", SILENCES_PATH, [], (body) => {
        const list = SilenceList.safeParse(body);
        return list.success ? readEach(list.data, GettableSilence) : undefined;
      }),
    status,
    version: async () => {
      const answer = await status();
      return answer.ok ? { ...answer, value: answer.value.versionInfo?.version ?? undefined } : answer;
    },
  };
}

function readEach<Schema extends z.ZodType>(rows: readonly unknown[], schema: Schema) {
  const value = rows.flatMap((row): z.infer<Schema>[] => {
    const read = schema.safeParse(row);
    return read.success ? [read.data] : [];
  });
  return { value, skipped: rows.length - value.length };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
