/**
 * How many webhook calls a second are acknowledged, and how many the worker turns into history, on both databases: through the
 * product's own road from the request on, without the network.
 */
import { randomUUID } from "node:crypto";
import { MONTH_SERVICES } from "@/demo/months/estate";
import { drainDeliveries } from "@/lib/alerts/delivery-worker";
import { receiveWebhook } from "@/lib/alerts/receive-webhook";
import type { Store } from "@/lib/store/open-store";
import { useStore } from "@/lib/store/testing/use-store";
import { onEachDatabase, type BenchDatabase } from "./bench-databases";
import type { Result } from "./measure";
import { installEstate } from "./install-estate";
import { plantMonth, plantPeople } from "./noise-month";

/** Calls of each of the two halves; the second half finds a month of alerts and its pages. */
const CALLS = 200;
const KNOWN_FIRES = 100_000;
const ALERTS_EACH = 10;
const RULES = 60;
const AT_ONCE = 8;
/** Of the second half over the first: history must not slow the worker down. */
const AIM_GROWTH = 1.5;
/** An acknowledged call over one plain insert of its body that is waited for. */
const AIM_INSERTS = 5;
const SECRET = "a-secret-of-the-benchmark";
const STARTS_MS = Date.UTC(2026, 8, 1);
/** Pages of the last days are looked for anew. */
const NOW = new Date("2026-09-28T12:00:00Z");

export function benchIngest(): Promise<Result[]> {
  installEstate();
  return onEachDatabase(async (database) => {
    useStore(database.store);
    try {
      return await ingest(database);
    } finally {
      useStore(undefined);
    }
  });
}

async function ingest({ name, store, client }: BenchDatabase): Promise<Result[]> {
  await store.alertHooks.create(
    { kind: "alertmanager", name: "bench", auth: "bearer", username: "", route: "page", secret: SECRET },
    { userId: randomUUID(), name: "bench" },
    new Date(),
  );
  await client.query("CREATE TABLE plain_inserts (id bigserial PRIMARY KEY, body bytea, at timestamptz)");
  const insertMs = await elapsed(async () => {
    for (let call = 0; call < CALLS; call++) {
      await client.query("INSERT INTO plain_inserts (body, at) VALUES ($1, now())", [Buffer.from(bodyOf(call))]);
    }
  });
  const oneByOneMs = await elapsed(() => sendAll(0, CALLS, 1));
  const firstMs = await elapsed(() => drain(store));
  await plantPeople(client);
  await plantMonth(client, KNOWN_FIRES);
  await client.query(EPISODE_OF_EACH);
  const togetherMs = await elapsed(() => sendAll(CALLS, CALLS, AT_ONCE));
  const secondMs = await elapsed(() => drain(store));
  const { rows } = await client.query<{ fires: number }>("SELECT count(*)::int AS fires FROM fires");
  // Two calls tell of each fire.
  if (rows[0]?.fires !== KNOWN_FIRES + (CALLS * ALERTS_EACH) / 2)
    throw new Error(`${String(rows[0]?.fires)} fires: not what was sent`);
  const perSecond = (ms: number): string => `${Math.round((CALLS / ms) * 1000).toLocaleString("en")} a second`;
  return [
    {
      ...{ name: `${name}: a call acknowledged, per plain insert`, value: oneByOneMs / insertMs, unit: "×" },
      ...{
        aim: AIM_INSERTS,
        note: `${perSecond(oneByOneMs)} one by one, ${perSecond(togetherMs)} from ${String(AT_ONCE)} senders`,
      },
    },
    {
      ...{
        name: `${name}: a call of ${String(ALERTS_EACH)} alerts worked into the history`,
        value: secondMs / CALLS,
        unit: " ms",
      },
      note: perSecond(secondMs),
    },
    {
      ...{
        name: `${name}: the same, ${KNOWN_FIRES.toLocaleString("en")} fires known over none`,
        value: secondMs / firstMs,
        unit: "×",
        aim: AIM_GROWTH,
      },
    },
  ];
}

/** Odd calls tell the end of what the even call before began. */
function bodyOf(call: number): string {
  const began = call - (call % 2);
  const startsAt = new Date(STARTS_MS + began * 300_000);
  const [status, endsAt] =
    call % 2 === 0
      ? ["firing", "0001-01-01T00:00:00Z"]
      : ["resolved", new Date(startsAt.getTime() + 120_000).toISOString()];
  const alerts = Array.from({ length: ALERTS_EACH }, (_, index) => {
    const rule = (began * ALERTS_EACH + index) % RULES;
    const service = MONTH_SERVICES[rule % MONTH_SERVICES.length]?.name ?? "";
    return {
      ...{ status, startsAt: startsAt.toISOString(), endsAt, generatorURL: "", fingerprint: "" },
      labels: { alertname: `Rule${String(rule)}`, service, severity: "page", instance: `host-${String(index % 8)}` },
      annotations: { summary: "Something is slow.", runbook_url: "https://runbooks.example/slow" },
    };
  });
  return JSON.stringify({ version: "4", status, receiver: "on-call-page", groupLabels: {}, commonLabels: {}, alerts });
}

/** Also of those that nobody was paged for. */
const EPISODE_OF_EACH = `
  INSERT INTO episodes (id, fingerprint, rule, name, service, environment, team, severity, monitoring_fault, starts_at, ends_at,
    end_reason, fires, sources, first_seen_at)
  SELECT id, fingerprint, rule, name, service, environment, team, severity, false, starts_at, ends_at, end_reason, 1, sources,
    first_seen_at FROM fires ON CONFLICT DO NOTHING`;

function drain(store: Store): Promise<void> {
  return drainDeliveries(
    store,
    () => false,
    () => NOW,
  );
}

async function sendAll(first: number, count: number, atOnce: number): Promise<void> {
  let next = first;
  const send = async (): Promise<void> => {
    while (next < first + count) {
      const body = bodyOf(next++);
      const headers = { authorization: `Bearer ${SECRET}`, "content-type": "application/json" };
      const request = new Request("http://bench/api/v1/webhooks/alertmanager/bench", { method: "POST", headers, body });
      await receiveWebhook(request, "alertmanager", "bench", NOW);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send));
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
