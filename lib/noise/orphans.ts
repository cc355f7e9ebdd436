/** Pages on which nobody is known to have done anything. */
import type { HumanAct } from "@/lib/domain/noise-input";
import { at } from "./at";
import { type Evidence, groupOf } from "./evidence";
import type { FireIndex } from "./index-fires";
import type { PageRow } from "./index-pages";

const DAY = 86_400_000;

/**
 * `orphan`: no incident link, no acknowledgment but in bulk, no note, no verdict that it was actionable or a duplicate,
 * no deploy or configuration change on the service from its start to a day after its end. A silence is no act.
 * `not-yet-known`: none so far, and too young to tell.
 */
export function judgeOrphan(
  row: PageRow,
  index: FireIndex,
  evidence: Evidence,
  vindicated: ReadonlySet<string>,
  watermark: number,
  maturityMs: number,
): "orphan" | "not-yet-known" | "acted-on" {
  const group = groupOf(row);
  if (evidence.acked.has(group) && !evidence.bulk.has(group)) return "acted-on";
  if (vindicated.has(group)) return "acted-on";
  const own = evidence.ofEpisode.get(group) ?? [];
  if (own.some((act) => act.kind !== "silence")) return "acted-on";
  const from = row.episode < 0 ? row.at : at(index.episodes.start, row.episode);
  const end = row.episode < 0 ? row.at : at(index.episodes.end, row.episode);
  const to = Math.min(end, watermark) + DAY;
  const during = (act: HumanAct) => act.kind !== "silence" && act.at.getTime() >= from && act.at.getTime() <= to;
  if ((evidence.ofService.get(row.place.service) ?? []).some(during)) return "acted-on";
  return row.at + maturityMs <= watermark ? "orphan" : "not-yet-known";
}
