/** What people did about alerts: acknowledgments, notes, links and changes, by episode and by service. */
import type { HumanAct, NoiseInput } from "@/lib/domain/noise-input";
import { at } from "./at";
import type { PageIndex, PageRow } from "./index-pages";
import { groupBy } from "@/lib/domain/group-by";

export interface Evidence {
  /** Acts on the episode itself. */
  readonly ofEpisode: ReadonlyMap<string, readonly HumanAct[]>;
  readonly ofService: ReadonlyMap<string, readonly HumanAct[]>;
  /** Alert groups that a person acknowledged, in bulk or not. */
  readonly acked: ReadonlySet<string>;
  /** Of these, only in bulk. */
  readonly bulk: ReadonlySet<string>;
}

/** The alert group of a page: its episode, or the page itself when that is not known. */
export function groupOf(row: PageRow): string {
  return row.page.episodeId ?? `page/${row.page.id}`;
}

export function gatherEvidence(input: Omit<NoiseInput, "before">, pages: PageIndex): Evidence {
  const acked = new Map<string, { actor: string; at: number }>();
  for (const row of pages.rows) {
    const time = row.page.ackedAt?.getTime();
    const known = acked.get(groupOf(row));
    if (time === undefined || (known !== undefined && known.at <= time)) continue;
    acked.set(groupOf(row), { actor: row.page.ackedBy ?? "", at: time });
  }
  const ofEpisode = groupBy(
    input.acts.filter((act) => act.episodeId !== null),
    (act) => act.episodeId ?? "",
  );
  const ofService = groupBy(
    input.acts.filter((act) => act.episodeId === null),
    (act) => act.service,
  );
  return { ofEpisode, ofService, acked: new Set(acked.keys()), bulk: findBulk(acked) };
}

/** One actor who acknowledges five groups in ten seconds has not looked at them. An unnamed actor is nobody's habit. */
function findBulk(acked: ReadonlyMap<string, { actor: string; at: number }>): Set<string> {
  const bulk = new Set<string>();
  const named = [...acked].filter(([, ack]) => ack.actor !== "");
  for (const own of groupBy(named, ([, ack]) => ack.actor).values()) {
    own.sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1));
    let oldest = 0;
    own.forEach(([, ack], position) => {
      while (ack.at - at(own, oldest)[1].at >= 10_000) oldest += 1;
      if (position - oldest + 1 < 5) return;
      for (const [group] of own.slice(oldest, position + 1)) bulk.add(group);
    });
  }
  return bulk;
}
