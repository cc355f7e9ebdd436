/** What people did with the months afterwards: verdicts, recorded impacts, and the oldest month decided on and signed. */
import { z } from "zod";
import type { MonthVerdict } from "../months/judge-alerts";
import { FAULTY_RULES, type MonthRule } from "../months/month-rules";
import type { MonthsUntil } from "../months/months-until";
import type { DemoAccounts } from "./demo-accounts";
import type { ProductDoor } from "./product-door";

const DAY_MS = 86_400_000;
const EPISODES_A_CALL = 500;

export interface ReviewMonths {
  readonly door: ProductDoor;
  readonly tokens: DemoAccounts["tokens"];
  readonly nowMs: number;
}

export async function reviewMonths(how: ReviewMonths, all: MonthsUntil): Promise<void> {
  await giveVerdicts(how, all);
  for (const impact of all.impacts) {
    const at = (ms: number) => new Date(ms).toISOString();
    await how.door.send("POST", "/api/v1/reports/noise/impacts", tokenOf(how, "manager"), {
      title: impact.title,
      service: impact.service,
      severity: impact.severity,
      startedAt: at(impact.startMs),
      endedAt: at(impact.endMs),
      awareAt: at(impact.awareMs),
      firstDetector: impact.firstDetector,
    });
  }
  await decideAndSign(how, all.months[0] ?? "");
}

const FireRows = z.object({
  total: z.number(),
  rows: z.array(z.object({ at: z.string(), label: z.string(), service: z.string(), episodeId: z.string().nullable() })),
  next: z.string().nullable(),
});

/** How many fires the product knows of in these months. */
export async function countFires(how: ReviewMonths, months: readonly string[]): Promise<number> {
  let sum = 0;
  for (const month of months) sum += (await fireRows(how, month, "&limit=1")).total;
  return sum;
}

function fireRows(how: ReviewMonths, month: string, paging: string): Promise<z.infer<typeof FireRows>> {
  const path = `/api/v1/reports/noise/${month}/rows?figure=fires${paging}`;
  // Fires are recognised by the names of services, which managers read as display names.
  return how.door.get(path, tokenOf(how, "engineer"), FireRows);
}

/** Alike ones of one person in one call, as somebody who works through a backlog would. */
async function giveVerdicts(how: ReviewMonths, { months, verdicts }: MonthsUntil): Promise<void> {
  const episodes = await episodesOfFires(how, months);
  const said = new Map<string, { readonly verdict: MonthVerdict; readonly ids: Set<string> }>();
  for (const verdict of verdicts) {
    const { cause, startMs } = verdict.fire;
    const id = episodes.get(fireKey(cause.rule.name, cause.rule.service || "unknown", startMs));
    if (id === undefined) continue;
    const key = JSON.stringify([speaker(verdict), verdict.verdict, verdict.reason]);
    const alike = said.get(key) ?? { verdict, ids: new Set<string>() };
    alike.ids.add(id);
    said.set(key, alike);
  }
  for (const { verdict, ids } of said.values()) {
    const all = [...ids];
    for (let start = 0; start < all.length; start += EPISODES_A_CALL) {
      await how.door.send("POST", "/api/v1/alerts/verdicts", tokenOf(how, speaker(verdict)), {
        episodes: all.slice(start, start + EPISODES_A_CALL),
        verdict: verdict.verdict,
        reason: verdict.reason,
        via: "bulk",
      });
    }
  }
}

/** By what names a fire: a verdict is about the episode that it belongs to. */
async function episodesOfFires(how: ReviewMonths, months: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const month of months) {
    for (let cursor: string | null = "0"; cursor !== null;) {
      const page: z.infer<typeof FireRows> = await fireRows(how, month, `&limit=500&cursor=${cursor}`);
      for (const { label, service, at, episodeId } of page.rows) {
        if (episodeId !== null) found.set(fireKey(label, service, Date.parse(at)), episodeId);
      }
      cursor = page.next;
    }
  }
  return found;
}

function fireKey(name: string, service: string, startMs: number): string {
  return JSON.stringify([name, service, startMs]);
}

/** The demo has fewer accounts than the estate has people: the engineer speaks for all who are on call. */
function speaker({ by }: MonthVerdict): "manager" | "engineer" {
  return by.startsWith("manager@") ? "manager" : "engineer";
}

const Review = z.object({
  version: z.number(),
  report: z.object({ rules: z.array(z.object({ rule: z.string(), name: z.string(), pages: z.number() })) }),
});

async function decideAndSign(how: ReviewMonths, month: string): Promise<void> {
  const path = `/api/v1/reports/noise/${month}`;
  const manager = tokenOf(how, "manager");
  const { report } = await how.door.get(path, manager, Review);
  const dueOn = new Date(how.nowMs + 14 * DAY_MS).toISOString().slice(0, 10);
  const decide = async (rule: MonthRule, kind: "tune" | "route", why: string): Promise<void> => {
    const line = report.rules.find(({ name }) => name === rule.name);
    if (line === undefined) return;
    const body = { rule: line.rule, kind, owner: rule.team, dueOn, why, expected: { pages: -line.pages } };
    await how.door.send("POST", `${path}/decisions`, manager, body);
  };
  await decide(FAULTY_RULES.blips[0], "tune", "Over within minutes each time: it can wait five minutes.");
  await decide(FAULTY_RULES.flaps[0], "tune", "Flaps around its threshold: keep firing for ten minutes.");
  await decide(FAULTY_RULES.wrongSeverity[0], "route", "A warning: a ticket is enough.");
  await decide(FAULTY_RULES.batch[0], "route", "Its report runs twice a week as planned.");
  await sign(how, path, "manager", "manager");
  await sign(how, path, "engineer", "owner");
}

async function sign(how: ReviewMonths, path: string, role: "manager" | "engineer", as: "manager" | "owner") {
  const { version } = await how.door.get(path, tokenOf(how, role), Review);
  await how.door.send("POST", `${path}/sign`, tokenOf(how, role), { version, as });
}

function tokenOf({ tokens }: ReviewMonths, role: "manager" | "engineer"): string {
  return tokens[role] ?? "";
}
