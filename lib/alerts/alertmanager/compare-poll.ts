/**
 * What is new in the list of an Alertmanager, against what was listed before and what is open in the history. Pure.
 *
 * - An alert whose start, receivers or silences changed, or that is open nowhere, is told again; all others cost nothing.
 * - One that starts later than it was last listed is another fire: the one before is over.
 * - An open fire that two whole answers of a settled server do not list is over. Nobody said that it was resolved.
 */
import { createHash } from "node:crypto";
import type { AlertFire } from "@/lib/domain/alert-history";
import type { PollMemory } from "@/lib/domain/poll";
import type { GoneAlert, ListedAlert, PollBody } from "./poll-body";

/** Absent so often in a row. */
const ABSENCES = 2;

export interface ListedNow {
  /** Ours, without the labels of replicas. */
  readonly fingerprint: string;
  readonly startMs: number;
  /** It may still turn out to be kept quiet: counts as listed, and is told when that is decided. */
  readonly undecided: boolean;
  readonly alert: ListedAlert;
}

export interface PollComparison {
  readonly listed: readonly ListedNow[];
  /** Open by what this source told. */
  readonly open: readonly AlertFire[];
  readonly memory: PollMemory;
  /** When the source answered before; null for never. */
  readonly heardAt: Date | null;
  /** The list is whole, and the server has run long enough to know everything that fires. */
  readonly mayMiss: boolean;
  /** Others that are asked and told of this fire; `missing` is false while one lists it or was not asked since. */
  readonly elsewhere: (fire: AlertFire) => { readonly missing: boolean; readonly listedMs: number };
}

export function comparePoll(comparison: PollComparison): { readonly body: PollBody; readonly memory: PollMemory } {
  const { listed, open, memory, heardAt } = comparison;
  const listedMs = (fingerprint: string): number | null =>
    memory.seen[fingerprint] === undefined
      ? (memory.missing[fingerprint]?.listedAt ?? null)
      : (heardAt?.getTime() ?? null);
  const byFingerprint = groupListed(listed);
  const openBy = new Map(open.map((fire) => [fire.fingerprint, fire]));
  const next: PollMemory = { seen: {}, missing: {} };
  const body: PollBody = { alerts: [], gone: [] };

  for (const [fingerprint, group] of byFingerprint) {
    const fire = openBy.get(fingerprint);
    const lastMs = listedMs(fingerprint);
    const startMs = Math.min(...group.map((one) => one.startMs));
    if (fire && lastMs !== null && startMs > Math.max(fire.startsAt.getTime(), lastMs)) {
      body.gone.push(goneAlert(fire, lastMs));
    }
    if (group.some(({ undecided }) => undecided)) continue;
    const mark = markOf(group);
    if (memory.seen[fingerprint] !== mark || !fire) body.alerts.push(...group.map(({ alert }) => alert));
    next.seen[fingerprint] = mark;
  }
  for (const fire of open) {
    const { fingerprint } = fire;
    if (byFingerprint.has(fingerprint)) continue;
    const polls = (memory.missing[fingerprint]?.polls ?? 0) + Number(comparison.mayMiss);
    const listedAt = listedMs(fingerprint);
    next.missing[fingerprint] = { listedAt, polls };
    const elsewhere = comparison.elsewhere(fire);
    if (comparison.mayMiss && polls >= ABSENCES && elsewhere.missing) {
      body.gone.push(goneAlert(fire, Math.max(listedAt ?? 0, elsewhere.listedMs)));
    }
  }
  return { body, memory: next };
}

function groupListed(listed: readonly ListedNow[]): Map<string, ListedNow[]> {
  const groups = new Map<string, ListedNow[]>();
  for (const one of listed) groups.set(one.fingerprint, [...(groups.get(one.fingerprint) ?? []), one]);
  return groups;
}

function markOf(group: readonly ListedNow[]): string {
  const parts = group.map(({ startMs, alert: { receivers, silencedBy, inhibitedBy, mutedBy } }) =>
    JSON.stringify([startMs, receivers, silencedBy, inhibitedBy.length > 0, mutedBy]),
  );
  return createHash("sha256").update(parts.sort().join("\n")).digest("base64url").slice(0, 10);
}

/** It ended between the last time that anybody knew it to fire and now. */
function goneAlert(fire: AlertFire, listedMs: number | null): GoneAlert {
  const { fingerprint, startsAt, lastSeenAt, rule, name, labels, annotations, generatorUrl } = fire;
  return {
    ...{ fingerprint, startsAt: startsAt.toISOString() },
    endsAt: new Date(Math.max(startsAt.getTime(), lastSeenAt.getTime(), listedMs ?? 0)).toISOString(),
    alert: {
      ...{ rule, name, labels: { ...labels }, annotations: { ...annotations }, generatorUrl },
      ...{ receiver: fire.receivers[0] ?? "", route: fire.route, monitoringFault: fire.monitoringFault },
      ...{ silenced: fire.silenced, inhibited: fire.inhibited, quietedBy: [], polled: true },
      reconstructed: fire.reconstructed,
    },
  };
}
