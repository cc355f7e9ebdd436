/**
 * Every order and account of the TrainTicket data, asked over the whole road. Truth: the lines that contain the id, and
 * every line and span of the traces they belong to. Ids stand in prose only; the rules are what a user would write.
 */
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { KeyRuleInput } from "@/lib/domain/key-rule";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { loadTrainTicket } from "../train-ticket";
import { askRoad } from "./ask-road";
import { alignedTable } from "./report";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const RULES: KeyRuleInput[] = [
  { name: "order id", kind: "order", attributes: ["order.id"], value: UUID },
  { name: "account id", kind: "account", attributes: ["account.id", "user.id"], value: UUID },
];
const MAX_MISSES = 20;
const FIRST_MS = Date.UTC(2023, 0, 29, 8, 40);

export interface TrainTicketRow {
  readonly kind: "order" | "account";
  readonly id: string;
  /** Lines that contain the id, and the traces they belong to. */
  readonly lines: number;
  readonly traces: number;
  readonly truth: number;
  readonly shown: number;
  readonly right: number;
  /** Rows that name only somebody else's order. */
  readonly foreign: number;
  /** Kind, service and text of each record that should have been shown. */
  readonly missing: readonly string[];
}

/** Undefined when the data is not here. */
export async function evaluateTrainTicket(): Promise<TrainTicketRow[] | undefined> {
  const data = loadTrainTicket();
  if (data === undefined) return undefined;
  const accounts = idsNamed("(?:account|user) ?id", data.events);
  // One service logs the account under the name orderId. It is no order: it is asked as the account it is.
  const orders = idsNamed("order ?id", data.events).filter((id) => !accounts.includes(id));
  const rows: TrainTicketRow[] = [];
  for (const id of orders) rows.push(await askOne("order", id, orders, data.events));
  for (const id of accounts) rows.push(await askOne("account", id, orders, data.events));
  return rows;
}

export function trainTicketTable(rows: readonly TrainTicketRow[] | null): string {
  if (rows === null) return "TrainTicket data is not here (TRAINTICKET_DIR): this part is left out.";
  const total = (name: "lines" | "traces" | "truth" | "shown" | "right" | "foreign") =>
    rows.reduce((sum, row) => sum + row[name], 0);
  const sums = {
    lines: total("lines"),
    traces: total("traces"),
    truth: total("truth"),
    shown: total("shown"),
    right: total("right"),
    foreign: total("foreign"),
  };
  const missing = rows.flatMap((row) => row.missing.map((text) => `  ${row.kind}:${row.id.slice(0, 8)} ${text}`));
  const table = alignedTable([
    ["id", "lines", "traces", "truth", "shown", "recall", "precision", "foreign"],
    ...rows.map((row) => [`${row.kind}:${row.id}`, ...cells(row)]),
    ["all", ...cells(sums)],
  ]);
  return [table, "", `${missing.length} missing`, ...missing.slice(0, MAX_MISSES)].join("\n");
}

type Figures = Pick<TrainTicketRow, "lines" | "traces" | "truth" | "shown" | "right" | "foreign">;

function cells({ lines, traces, truth, shown, right, foreign }: Figures): string[] {
  const shares = [right / truth, right / shown].map((share) => (Number.isNaN(share) ? "-" : share.toFixed(3)));
  return [...[lines, traces, truth, shown].map(String), ...shares, String(foreign)];
}

async function askOne(
  kind: "order" | "account",
  id: string,
  orders: readonly string[],
  events: readonly TimelineEvent[],
): Promise<TrainTicketRow> {
  const lines = events.filter((event) => textOf(event).includes(id));
  const traces = new Set(lines.map(traceOf).filter((trace) => trace !== ""));
  const truth = new Set(events.filter((event) => traces.has(traceOf(event))).map((event) => event.id));
  for (const line of lines) truth.add(line.id);

  const window = { fromNs: epochNsFromMs(FIRST_MS), toNs: epochNsFromMs(FIRST_MS + 3_600_000) };
  const { answer, recordOf } = await askRoad({ keys: [{ kind, value: id }], window }, events, { keys: RULES });
  const shown = [...answer.events, ...answer.parts].map((row) => recordOf(row.id));
  const found = new Set(shown);
  const byId = new Map(events.map((event) => [event.id, event]));
  // An account's orders are its own, so nothing that names one of them is a stranger's.
  const strangers = kind === "account" ? [] : orders.filter((order) => order !== id);
  const isForeign = (text: string) => !text.includes(id) && strangers.some((order) => text.includes(order));
  return {
    kind,
    id,
    lines: lines.length,
    traces: traces.size,
    truth: truth.size,
    shown: shown.length,
    right: shown.filter((record) => truth.has(record)).length,
    foreign: shown.map((record) => byId.get(record)).filter((event) => event && isForeign(textOf(event))).length,
    missing: [...truth]
      .filter((record) => !found.has(record))
      .map((record) => {
        const event = byId.get(record);
        return `${event?.kind ?? ""} ${event?.rawService ?? ""}: ${event?.title ?? record}`;
      }),
  };
}

function textOf(event: TimelineEvent): string {
  return event.text ?? "";
}

function traceOf(event: TimelineEvent): string {
  return event.span?.traceId ?? String(event.attributes["trace_id"] ?? "");
}

function idsNamed(name: string, events: readonly TimelineEvent[]): string[] {
  const pattern = new RegExp(`${name}["\\]]?\\s*[:=]\\s*"?(${UUID})`, "gi");
  const found = events.flatMap((event) => [...textOf(event).matchAll(pattern)].map((match) => match[1] ?? ""));
  return [...new Set(found)].sort();
}
