/** Silences as Alertmanager lists them → as they are kept. Pure. */
import { epochMs, epochNsFromRfc3339 } from "@/lib/domain/epoch-ns";
import type { ToldSilence } from "@/lib/domain/poll";
import type { GettableSilence } from "@/lib/sources/alertmanager/wire";
import { storable } from "../describe-alert";

/** One without readable times is left out. */
export function toldSilences(silences: readonly GettableSilence[]): ToldSilence[] {
  return silences.flatMap(({ id, matchers, startsAt, endsAt, createdBy, comment }) => {
    const [starts, ends] = [epochNsFromRfc3339(startsAt), epochNsFromRfc3339(endsAt)];
    if (starts === undefined || ends === undefined) return [];
    return {
      id: storable(id),
      matchers: matchers.map(({ name, value, isRegex, isEqual }) => ({
        ...{ name: storable(name), value: storable(value), isRegex: isRegex ?? false, isEqual: isEqual ?? true },
      })),
      ...{ startsAt: new Date(epochMs(starts)), endsAt: new Date(epochMs(ends)) },
      ...{ createdBy: storable(createdBy ?? ""), comment: storable(comment ?? "") },
    };
  });
}
