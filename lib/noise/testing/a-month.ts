/** Months made by hand: what is not named is plain. */
import type { NoiseFire, NoiseInput } from "@/lib/domain/noise-input";
import { NoiseSettings } from "@/lib/domain/noise-settings";
import type { AlertPage, AlertVerdict, CustomerImpact, OnCallShift, Responder } from "@/lib/domain/on-call";

export const SETTINGS = NoiseSettings.parse({});

/** `2026-10-05T14:00:00Z` in milliseconds; a Monday. */
export const MONDAY = Date.parse("2026-10-05T14:00:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function aFire(id: string, startsAt: number, parts: Partial<NoiseFire> = {}): NoiseFire {
  return {
    id,
    fingerprint: `fp-${id}`,
    episodeId: id,
    rule: "HighErrors",
    name: "High errors",
    service: "checkout",
    team: "shop",
    severity: "critical",
    receiver: "pager",
    route: "page",
    monitoringFault: false,
    suppressed: false,
    reconstructed: false,
    startsAt,
    endsAt: startsAt + 20 * MINUTE,
    endReason: "resolved",
    duplicates: 0,
    ...parts,
  };
}

export function aPage(id: string, at: number, parts: Partial<AlertPage> = {}): AlertPage {
  return {
    id,
    responderId: "ana",
    episodeId: null,
    alertName: "High errors",
    service: "checkout",
    pagedAt: new Date(at),
    step: 1,
    reason: "first",
    channel: "push",
    delivered: true,
    estimated: false,
    ackedAt: null,
    ackedBy: null,
    resolvedAt: null,
    resolvedBy: null,
    engagedMinutes: null,
    ...parts,
  };
}

export function aVerdict(episodeId: string, verdict: AlertVerdict["verdict"], by = "ana", minute = 0): AlertVerdict {
  return {
    episodeId,
    rule: "HighErrors",
    verdict,
    reason: "",
    note: "",
    by,
    byName: by,
    via: "alerts",
    createdAt: new Date(MONDAY + minute * MINUTE),
  };
}

export function anImpact(id: string, at: number, parts: Partial<CustomerImpact> = {}): CustomerImpact {
  return {
    id,
    title: "Orders fail",
    service: "checkout",
    severity: "high",
    startedAt: new Date(at),
    endedAt: new Date(at + HOUR),
    awareAt: null,
    firstDetector: "unknown",
    setByName: "ana",
    setAt: new Date(at),
    ...parts,
  };
}

export function aPerson(id: string, zone: string | null, team = "shop"): Responder {
  const zones = zone === null ? [] : [{ zone, validFrom: new Date("2020-01-01T00:00:00Z") }];
  return { id, handle: id, name: id, team, userId: null, zones };
}

export function aShift(responderId: string, startsAt: string, endsAt: string): OnCallShift {
  return { responderId, schedule: "main", startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
}

/** October 2026, long over. */
export function aMonth(parts: Partial<NoiseInput> = {}): NoiseInput {
  return {
    month: "2026-10",
    from: new Date("2026-10-01T00:00:00Z"),
    to: new Date("2026-11-01T00:00:00Z"),
    watermark: new Date("2026-11-10T00:00:00Z"),
    fires: [],
    pages: [],
    responders: [aPerson("ana", "Europe/Berlin"), aPerson("bo", "America/New_York")],
    shifts: [],
    verdicts: [],
    impacts: [],
    acts: [],
    rules: [],
    ruleChanges: [],
    dependencies: {},
    coverageGaps: [],
    sources: [],
    sampleKey: "key",
    before: null,
    ...parts,
  };
}
