/**
 * What tells whether a month measured before is still right. It is read from the rows themselves and not from a counter that
 * writers would have to raise: whoever writes, by whatever way, is seen, and two writers never wait for each other.
 */
import "server-only";
import type pg from "pg";

/** Every column of every row. For tables of thousands of rows. */
const content = (table: string): string => `concat(count(*), '/', sum(hashtextextended(${table}::text, 0)))`;

/**
 * A row that was written again has a later transaction than all that stood before it, so no change leaves both the count and the
 * sum as they were. A tenth of the work of reading the columns, of which a month of alerts may have a million rows.
 */
const VERSIONS = "concat(count(*), '/', sum(xmin::text::bigint))";

/** `$1` and `$2`: the window; `$3`: how far back a fire may have begun that is still on. */
const MARK = `SELECT concat_ws(' ',
  (SELECT ${VERSIONS} FROM fires WHERE starts_at >= $3 AND starts_at < $2 AND (ends_at IS NULL OR ends_at >= $1)),
  (SELECT ${content("v")} FROM verdicts v
    WHERE EXISTS (SELECT 1 FROM episodes e WHERE e.id = v.episode_id AND e.starts_at >= $1 AND e.starts_at < $2)),
  (SELECT ${content("p")} FROM pages p WHERE paged_at >= $1 AND paged_at < $2),
  (SELECT ${content("s")} FROM on_call_shifts s WHERE starts_at < $2 AND ends_at > $1),
  (SELECT ${content("r")} FROM responders r),
  (SELECT ${content("z")} FROM responder_zones z),
  (SELECT ${content("i")} FROM impacts i WHERE started_at >= $1 AND started_at < $2),
  (SELECT ${content("d")} FROM rule_versions d WHERE valid_from < $2),
  (SELECT ${content("a")} FROM access_requests a WHERE created_at >= $1 AND created_at < $2),
  -- Seeing a silence again says nothing new.
  (SELECT md5(string_agg(concat_ws(' ', id, matchers, starts_at), ',' ORDER BY id))
    FROM silences WHERE starts_at >= $1 AND starts_at < $2),
  -- To the hour: a span that is under way grows with every poll.
  (SELECT concat(count(*), '/', sum(extract(epoch FROM greatest(from_at, $1))),
      '/', sum(extract(epoch FROM date_trunc('hour', least(to_at, $2)))))
    FROM coverage_spans WHERE to_at >= $1 AND from_at < $2),
  (SELECT count(DISTINCT source) FROM coverage_spans)) AS mark`;

export async function readNoiseMark(pool: pg.Pool, from: Date, to: Date, longestMs: number): Promise<string> {
  const { rows } = await pool.query<{ mark: string }>(MARK, [from, to, new Date(from.getTime() - longestMs)]);
  return rows[0]?.mark ?? "";
}
