/** The audit trail: appending, verifying, and "who saw this customer" among a million entries, on both databases. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Store } from "@/lib/store/open-store";
import { onEachDatabase } from "./bench-databases";
import { time, type Result } from "./measure";

const ENTRIES = 1_000_000;
/** Of this many customers each entry is about two: a subject has some fifty entries. */
const CUSTOMERS = 40_000;
const WHO_SAW_LIMIT_MS = 2_000;
const BATCHES = 20;
const TOGETHER = 2_000;
const ONE_BY_ONE = 200;

export function benchAudit(): Promise<Result[]> {
  return onEachDatabase(async ({ name, store, client }) => {
    const appended = await appending(name, store);
    for (let batch = 0; batch < BATCHES; batch++) await fill(client, batch);
    await client.query("ANALYZE audit_entries");
    return [...appended, ...(await whoSaw(name, store, client))];
  });
}

async function appending(name: string, { audit }: Store): Promise<Result[]> {
  const entry = { actor: randomUUID(), role: "support", action: "timeline.view", subjects: ["order:1", "order:2"] };
  await audit.append(entry);
  const single = await elapsedMs(async () => {
    for (let n = 0; n < ONE_BY_ONE; n++) await audit.append(entry);
  });
  const together = await elapsedMs(() => Promise.all(Array.from({ length: TOGETHER }, () => audit.append(entry))));
  const verifying = await elapsedMs(() => audit.verify());
  const perMs = (ONE_BY_ONE + TOGETHER + 1) / verifying;
  return [
    { name: `${name}: one append, waited for`, value: single / ONE_BY_ONE, unit: " ms" },
    {
      name: `${name}: one of ${String(TOGETHER)} appends at once, per append alone`,
      value: together / TOGETHER / (single / ONE_BY_ONE),
      unit: "×",
      aim: 0.5,
    },
    { name: `${name}: verifying 1,000 entries`, value: 1_000 / perMs, unit: " ms" },
  ];
}

/** Entries as questions leave them. Their hashes are of no use here. */
async function fill(client: pg.Client, batch: number): Promise<void> {
  const each = ENTRIES / BATCHES;
  await client.query(
    `INSERT INTO audit_entries (seq, at, actor, role, action, incident, subjects, detail, request_id, hash)
     SELECT 10000 + n, now() - interval '1 year' + n * interval '30 s', 'person-' || n % 300,
       (ARRAY['support', 'engineer', 'manager'])[1 + n % 3],
       (ARRAY['timeline.view', 'timeline.shown', 'token.use'])[1 + n % 3], 'incident-' || n / 5,
       ARRAY['account:account·' || (n * 7919) % $3, 'order:' || (n * 104729) % $3], '{"policy": "v1"}', 'view-' || n / 2,
       repeat('0', 64)
     FROM generate_series($1::bigint, $2::bigint) AS n`,
    [batch * each, (batch + 1) * each - 1, CUSTOMERS],
  );
}

async function whoSaw(name: string, { audit }: Store, client: pg.Client): Promise<Result[]> {
  let customer = 0;
  const next = () => `account:account·${String((customer += 97) % CUSTOMERS)}`;
  const indexed = await time(15, () => audit.whoSaw([next(), "account:31337"], 500));
  const found = (await audit.whoSaw([next()], 500)).total;
  if (found === 0) throw new Error("nobody was found: the measurement means nothing");
  const scan = await time(3, () => client.query("SELECT count(*) FROM audit_entries WHERE actor || role <> 'x'"));
  const page = await time(5, () => audit.search({ subjects: [next()] }, 51));
  const among = `among ${ENTRIES.toLocaleString("en")} entries`;
  const note = `${String(found)} people`;
  return [
    {
      name: `${name}: who saw a customer, ${among}`,
      value: indexed.medianMs,
      unit: " ms",
      aim: WHO_SAW_LIMIT_MS,
      note,
    },
    { name: `${name}: the same, per full scan`, value: indexed.medianMs / scan.medianMs, unit: "×", aim: 0.5 },
    {
      name: `${name}: a page of entries about a customer, per full scan`,
      value: page.medianMs / scan.medianMs,
      unit: "×",
      aim: 0.5,
    },
  ];
}

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
