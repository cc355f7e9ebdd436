/** Who ended a fire, as far as is known: its source alone, or its source after a person had done something about it. */
import { at } from "./at";
import { groupOf } from "./evidence";
import type { Month } from "./prepare-month";

export const ENDINGS = ["after-act", "alone", "not-known"] as const;
export type Ending = (typeof ENDINGS)[number];

/** Positions of the month's fires that their source resolved, each under one ending. */
export type Endings = Readonly<Record<Ending, readonly number[]>>;

/**
 * `after-act`: before it ended somebody acknowledged its alert (not in bulk), resolved the page, noted, linked an incident,
 * or silenced its service while it fired. `alone`: somebody was paged for it, and nothing of that is known. `not-known`:
 * nobody is known to have been paged, so what somebody did would not have been heard of.
 */
export function sortByEnding(month: Month): Endings {
  const { index, evidence } = month;
  const actedAt = firstActs(month);
  const paged = new Set(month.pages.rows.map(groupOf));
  const endings = { "after-act": [] as number[], alone: [] as number[], "not-known": [] as number[] };
  for (let position = index.inMonth.from; position < index.inMonth.to; position += 1) {
    const { endReason, endsAt, startsAt, episodeId, service } = at(index.fires, position);
    if (endReason !== "resolved" || endsAt === null) continue;
    const isActedOn =
      (actedAt.get(episodeId) ?? Infinity) <= endsAt ||
      evidence.ofService.get(service)?.some((act) => {
        const time = act.at.getTime();
        return act.kind === "silence" && time >= startsAt && time <= endsAt;
      }) === true;
    endings[isActedOn ? "after-act" : paged.has(episodeId) ? "alone" : "not-known"].push(position);
  }
  return endings;
}

/** When a person first did something about each episode. */
function firstActs({ pages, evidence }: Month): Map<string, number> {
  const acts = new Map<string, number>();
  const add = (episode: string, time: number | undefined) => {
    if (time !== undefined && time < (acts.get(episode) ?? Infinity)) acts.set(episode, time);
  };
  for (const row of pages.rows) {
    const episode = groupOf(row);
    if (!evidence.bulk.has(episode)) add(episode, row.page.ackedAt?.getTime());
    if (row.page.resolvedBy === "person") add(episode, row.page.resolvedAt?.getTime());
  }
  for (const [episode, own] of evidence.ofEpisode) {
    for (const act of own) if (act.kind !== "deploy" && act.kind !== "config") add(episode, act.at.getTime());
  }
  return acts;
}
