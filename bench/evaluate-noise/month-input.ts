/** A simulated month as the measures take it, without the road that a real one comes by: what notifications told and no more. */
import { MONTH_SERVICES } from "@/demo/months/estate";
import type { MonthFire } from "@/demo/months/month-fires";
import { MONTH_RULES } from "@/demo/months/month-rules";
import { PEOPLE } from "@/demo/months/people";
import type { SimulatedMonth } from "@/demo/months/simulate-month";
import { createRandom } from "@/demo/story/random";
import type { HumanAct, NoiseFire, NoiseInput } from "@/lib/domain/noise-input";
import type { AlertPage, AlertVerdict, CustomerImpact } from "@/lib/domain/on-call";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const EPISODE_GAP_MS = 5 * MINUTE_MS;
const SOURCES = { "on-call-page": "alertmanager/pages", tickets: "alertmanager/tickets" } as const;

export interface MonthSeen {
  readonly input: NoiseInput;
  /** Fires that a notification told of, with the episode that each belongs to. */
  readonly episodeOf: ReadonlyMap<MonthFire, string>;
}

export function monthInput(month: SimulatedMonth): MonthSeen {
  const { truth, fromMs, toMs } = month;
  const told = truth.told.filter(({ lost }) => !lost);
  const heard = new Set(told.flatMap(({ firing }) => firing));
  const ended = new Set(told.flatMap(({ resolved }) => resolved));
  const seen = truth.fires.filter((fire) => heard.has(fire));
  const episodeOf = episodesOf(seen);
  const input: NoiseInput = {
    month: month.month,
    from: new Date(fromMs),
    to: new Date(toMs),
    // Old enough that nothing in it is too young to be judged.
    watermark: new Date(toMs + 5 * DAY_MS),
    fires: seen.map((fire) => noiseFire(fire, episodeOf.get(fire) ?? "", ended.has(fire))),
    pages: month.pages.map((page): AlertPage => ({
      id: page.id,
      responderId: page.person.handle,
      episodeId: episodeOf.get(page.fire) ?? null,
      alertName: page.fire.cause.rule.name,
      service: page.fire.cause.rule.service || "unknown",
      pagedAt: new Date(page.atMs),
      step: page.step,
      reason: page.reason,
      channel: page.channel,
      delivered: page.delivered,
      estimated: false,
      ackedAt: page.ackedAtMs === null ? null : new Date(page.ackedAtMs),
      ackedBy: page.ackedAtMs === null ? null : page.person.handle,
      resolvedAt: new Date(page.resolvedAtMs),
      resolvedBy: "source",
      engagedMinutes: page.engagedMinutes,
    })),
    responders: PEOPLE.map(({ handle, name, team, zone }) => {
      const zones = zone === "" ? [] : [{ zone, validFrom: new Date(0) }];
      return { id: handle, handle, name, team, userId: null, zones };
    }),
    shifts: month.shifts.map((shift) => ({
      responderId: shift.person.handle,
      schedule: shift.schedule,
      startsAt: new Date(shift.fromMs),
      endsAt: new Date(shift.toMs),
    })),
    verdicts: month.verdicts.flatMap((one): AlertVerdict[] => {
      const episodeId = episodeOf.get(one.fire);
      if (episodeId === undefined) return [];
      const { verdict, reason, by, byName } = one;
      const rule = one.fire.cause.rule.name;
      return [{ episodeId, rule, verdict, reason, note: "", by, byName, via: "alerts", createdAt: new Date(one.atMs) }];
    }),
    impacts: month.impacts.map((impact): CustomerImpact => ({
      ...impact,
      startedAt: new Date(impact.startMs),
      endedAt: new Date(impact.endMs),
      awareAt: new Date(impact.awareMs),
      setByName: "Max Manager",
      setAt: new Date(impact.endMs),
    })),
    acts: actsOn(month, episodeOf),
    rules: MONTH_RULES.map(({ name, service, team, runbook, forSeconds, keepFiringSeconds }) => {
      const owner = service === "" ? "" : team;
      return { rule: name, name, owner, runbook, expression: "", declaredClass: "", forSeconds, keepFiringSeconds };
    }),
    ruleChanges: [],
    dependencies: Object.fromEntries(MONTH_SERVICES.map(({ name, calls }) => [name, calls])),
    coverageGaps: truth.faults.gaps.flatMap(({ fromMs: from, toMs: to }) =>
      Object.values(SOURCES).map((source) => ({ source, from: new Date(from), to: new Date(to) })),
    ),
    sources: Object.values(SOURCES),
    sampleKey: month.month,
    before: null,
  };
  return { input, episodeOf };
}

function noiseFire(fire: MonthFire, episodeId: string, endTold: boolean): NoiseFire {
  const { rule } = fire.cause;
  return {
    id: fireId(fire),
    fingerprint: fire.fingerprint,
    episodeId,
    rule: rule.name,
    name: rule.name,
    service: rule.service || "unknown",
    team: rule.service === "" ? "unknown" : rule.team,
    severity: rule.severity,
    receiver: rule.pages ? "on-call-page" : "tickets",
    route: rule.pages ? "page" : "ticket",
    monitoringFault: rule.fault === "no-data",
    suppressed: false,
    reconstructed: false,
    startsAt: fire.startMs,
    endsAt: fire.endMs,
    endReason: endTold ? "resolved" : "expired",
    duplicates: 0,
  };
}

/** Fires of one fingerprint at most five minutes apart, by the id of the first. */
function episodesOf(fires: readonly MonthFire[]): Map<MonthFire, string> {
  const episodes = new Map<MonthFire, string>();
  const latest = new Map<string, { readonly episode: string; readonly endMs: number }>();
  for (const fire of fires) {
    const open = latest.get(fire.fingerprint);
    const joins = open !== undefined && fire.startMs - open.endMs <= EPISODE_GAP_MS;
    const episode = joins ? open.episode : fireId(fire);
    episodes.set(fire, episode);
    latest.set(fire.fingerprint, { episode, endMs: fire.endMs });
  }
  return episodes;
}

function fireId({ fingerprint, startMs }: MonthFire): string {
  return `${fingerprint}-${String(startMs)}`;
}

/** People write notes about what was worth it, rarely about the rest. */
function actsOn(month: SimulatedMonth, episodeOf: ReadonlyMap<MonthFire, string>): HumanAct[] {
  const random = createRandom(`${month.month}/acts`);
  return [...episodeOf].flatMap(([fire, episodeId]): HumanAct[] => {
    const { truth, rule } = fire.cause;
    if (!random.chance(truth === "actionable" ? 0.6 : 0.01)) return [];
    const at = new Date(fire.startMs + random.between(10, 90) * MINUTE_MS);
    return [{ kind: "note", service: rule.service || "unknown", episodeId, at }];
  });
}
