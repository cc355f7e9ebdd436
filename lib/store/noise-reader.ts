/**
 * Reads what a month is measured from. A month may hold a million fires: they come as arrays of columns in chunks, past
 * the mapper, which would make an object of each cell first.
 */
import "server-only";
import type pg from "pg";
import { ALERT_ROUTES, END_REASONS, RuleDefinition } from "@/lib/domain/alert-history";
import type { CoverageGap, HumanAct, NoiseFire, NoiseRule, RuleChange } from "@/lib/domain/noise-input";
import { distinctRuleChanges, type SeenChange } from "./distinct-rule-changes";
import { readNoiseMark } from "./noise-mark";

export interface RuleFacts {
  readonly rules: readonly NoiseRule[];
  readonly changes: readonly RuleChange[];
  /** Hashes of the definitions in force at the end of the window, sorted. */
  readonly hashes: readonly string[];
}

export interface NoiseReader {
  /** Changes whenever something that a report of these months counts may have changed. A fraction of reading them. */
  mark(from: Date, to: Date): Promise<string>;
  /** Fires that overlap the window. */
  fires(from: Date, to: Date): Promise<readonly NoiseFire[]>;
  rules(from: Date, to: Date): Promise<RuleFacts>;
  /** Sources that were ever heard, and when in the window they were not. */
  coverage(
    from: Date,
    to: Date,
  ): Promise<{ readonly sources: readonly string[]; readonly gaps: readonly CoverageGap[] }>;
  /** Where the alerts of a rule themselves name a runbook. */
  runbooks(from: Date, to: Date): Promise<ReadonlyMap<string, string>>;
  /** Silences as acts on a service. */
  silences(from: Date, to: Date): Promise<readonly HumanAct[]>;
  /** Rules known for 180 days that did not fire in them, with when they were first seen. Dead or priceless: to be asked. */
  neverFired(now: Date): Promise<readonly { readonly label: string; readonly since: Date }[]>;
  /** Still in force for more than 30 days, and since when that is known of every alert manager; null when of one it is not. */
  oldSilences(now: Date): Promise<{
    readonly heardAt: Date | null;
    readonly silences: readonly { readonly label: string; readonly since: Date }[];
  }>;
}

const CHUNK = 50_000;
/** Nothing is looked for that began longer ago and still fires: such a fire is stale, and said so by its own month. */
const LONGEST_MS = 40 * 24 * 3_600_000;
const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
const COLUMNS = `id, fingerprint, episode_id, rule, name, service, team, severity, coalesce(receivers[1], ''), route,
  monitoring_fault, silenced OR inhibited, reconstructed, ${ms("starts_at")}, ${ms("ends_at")}, end_reason, duplicates`;

type FireColumns = [
  ...[id: string, fingerprint: string, episode: string, rule: string, name: string, service: string, team: string],
  ...[severity: string, receiver: string, route: string, fault: boolean, suppressed: boolean, reconstructed: boolean],
  ...[startsAt: number, endsAt: number | null, endReason: string, duplicates: number],
];

export function createNoiseReader(pool: () => pg.Pool): NoiseReader {
  return {
    mark: (from, to) => readNoiseMark(pool(), from, to, LONGEST_MS),
    async fires(from, to) {
      const fires: NoiseFire[] = [];
      const share = sharing();
      let after: readonly [Date, string] = [new Date(from.getTime() - LONGEST_MS), ""];
      for (;;) {
        const { rows } = await pool().query<FireColumns>({
          text: `SELECT ${COLUMNS} FROM fires
            WHERE (starts_at, id) > ($1, $2) AND starts_at < $3 AND (ends_at IS NULL OR ends_at >= $4)
            ORDER BY starts_at, id LIMIT ${String(CHUNK)}`,
          values: [after[0], after[1], to, from],
          rowMode: "array",
        });
        for (const row of rows) fires.push(toFire(row, share));
        const last = rows.at(-1);
        if (!last || rows.length < CHUNK) return fires;
        after = [new Date(last[13]), last[0]];
      }
    },
    async rules(from, to) {
      const { rows } = await pool().query<{
        source: string;
        rule: string;
        name: string;
        hash: string;
        definition: unknown;
        valid_from: Date;
        valid_to: Date | null;
        first: boolean;
        added: boolean;
        last: boolean;
      }>(
        `SELECT source, rule, name, hash, definition, valid_from, valid_to,
           row_number() OVER (PARTITION BY source, rule ORDER BY valid_from) = 1 AS first,
           valid_from > min(valid_from) OVER (PARTITION BY source) AS added,
           row_number() OVER (PARTITION BY source, rule ORDER BY valid_from DESC) = 1 AS last
         FROM rule_versions WHERE valid_from < $1 ORDER BY rule, valid_from`,
        [to],
      );
      const rules = new Map<string, NoiseRule>();
      const changes: SeenChange[] = [];
      for (const row of rows) {
        const definition = RuleDefinition.safeParse(row.definition).data;
        rules.set(row.rule, {
          rule: row.rule,
          name: row.name,
          owner: definition?.labels.owner ?? definition?.labels.team ?? "",
          runbook: definition?.annotations.runbook_url ?? definition?.annotations.runbook ?? "",
          expression: definition?.expression ?? "",
          declaredClass: definition?.labels.rule_class ?? definition?.annotations.rule_class ?? "",
          forSeconds: definition?.forSeconds ?? 0,
          keepFiringSeconds: definition?.keepFiringSeconds ?? 0,
        });
        const { source, rule, hash, valid_from: began, valid_to: ended } = row;
        // What was there when a source was first asked says when we began to listen, not when the rule was made.
        if (!row.first || row.added) {
          changes.push({ source, hash, rule, at: began, kind: row.first ? "new" : "changed" });
        }
        if (row.last && ended !== null && ended < to)
          changes.push({ source, hash: "", rule, at: ended, kind: "removed" });
      }
      const inForce = rows.filter(({ valid_to }) => valid_to === null || valid_to >= to).map(({ hash }) => hash);
      const inRange = distinctRuleChanges(changes).filter(({ at }) => at >= from);
      return { rules: [...rules.values()], changes: inRange, hashes: inForce.sort() };
    },
    async coverage(from, to) {
      const { rows } = await pool().query<{ source: string; from_at: Date; to_at: Date }>(
        `SELECT source, from_at, to_at FROM coverage_spans ORDER BY source, from_at`,
      );
      const bySource = new Map<string, { from_at: Date; to_at: Date }[]>();
      for (const row of rows) bySource.set(row.source, [...(bySource.get(row.source) ?? []), row]);
      const gaps: CoverageGap[] = [];
      for (const [source, spans] of bySource) {
        let heard = from;
        for (const { from_at: began, to_at: ended } of spans) {
          if (began > heard && heard < to) gaps.push({ source, from: heard, to: began < to ? began : to });
          if (ended > heard) heard = ended;
        }
        if (heard < to) gaps.push({ source, from: heard, to });
      }
      return { sources: [...bySource.keys()], gaps };
    },
    async runbooks(from, to) {
      const { rows } = await pool().query<{ rule: string; runbook: string }>(
        `SELECT rule, max(coalesce(annotations->>'runbook_url', annotations->>'runbook')) AS runbook
         FROM fires WHERE starts_at >= $1 AND starts_at < $2 AND annotations ?| array['runbook_url', 'runbook'] GROUP BY rule`,
        [from, to],
      );
      return new Map(rows.map(({ rule, runbook }) => [rule, runbook]));
    },
    async silences(from, to) {
      const { rows } = await pool().query<{ service: string; starts_at: Date }>(
        `SELECT m->>'value' AS service, starts_at FROM silences, jsonb_array_elements(matchers) m
         WHERE m->>'name' IN ('service', 'job') AND starts_at >= $1 AND starts_at < $2`,
        [from, to],
      );
      return rows.map(({ service, starts_at: at }) => ({ kind: "silence", service, episodeId: null, at }));
    },
    async neverFired(now) {
      const { rows } = await pool().query<{ label: string; since: Date }>(
        `SELECT name AS label, min(first) AS since FROM (
           SELECT source, rule, max(name) AS name, min(valid_from) AS first FROM rule_versions
           GROUP BY source, rule HAVING bool_or(valid_to IS NULL)) known
         WHERE first < $1::timestamptz - interval '180 days' AND NOT EXISTS (
           SELECT 1 FROM episodes e WHERE e.rule = known.rule
             AND (e.ends_at IS NULL OR e.ends_at >= $1::timestamptz - interval '180 days'))
         GROUP BY name ORDER BY name`,
        [now],
      );
      return rows;
    },
    async oldSilences(now) {
      const { rows: silences } = await pool().query<{ label: string; since: Date }>(
        `SELECT string_agg(concat(m->>'name', CASE WHEN (m->>'isEqual') = 'false' THEN '!' ELSE '=' END,
             CASE WHEN (m->>'isRegex') = 'true' THEN '~' WHEN (m->>'isEqual') = 'false' THEN '=' ELSE '' END, m->>'value'),
             ', ' ORDER BY m->>'name') AS label, starts_at AS since
         FROM silences, jsonb_array_elements(matchers) m
         WHERE starts_at < $1::timestamptz - interval '30 days' AND ends_at > $1 GROUP BY id, starts_at ORDER BY starts_at, id`,
        [now],
      );
      // Of those that are still asked, the one that told its silences longest ago: each may have others.
      const { rows: heard } = await pool().query<{ at: Date | null }>(
        `SELECT CASE WHEN count(*) = count(told.heard_at) THEN min(told.heard_at) END AS at
         FROM polls asked LEFT JOIN polls told ON told.source = asked.source AND told.what = 'silences'
         WHERE asked.what = 'alerts' AND asked.due_at > $1::timestamptz - interval '24 hours'`,
        [now],
      );
      return { heardAt: heard[0]?.at ?? null, silences };
    },
  };
}

/** The driver makes a text of its own for every cell; a name that stands in a million rows is kept once. */
function sharing(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const one = known.get(text);
    if (one !== undefined) return one;
    known.set(text, text);
    return text;
  };
}

function toFire(row: FireColumns, share: (text: string) => string): NoiseFire {
  return {
    id: row[0],
    fingerprint: share(row[1]),
    // An episode has the id of its first fire, and most have no other.
    episodeId: row[2] === row[0] ? row[0] : row[2],
    rule: share(row[3]),
    name: share(row[4]),
    service: share(row[5]),
    team: share(row[6]),
    severity: share(row[7]),
    receiver: row[8] === "" ? "unknown" : share(row[8]),
    route: ALERT_ROUTES.find((one) => one === row[9]) ?? "unknown",
    monitoringFault: row[10],
    suppressed: row[11],
    reconstructed: row[12],
    startsAt: row[13],
    endsAt: row[14],
    endReason: END_REASONS.find((one) => one === row[15]) ?? "source_lost",
    duplicates: row[16],
  };
}
