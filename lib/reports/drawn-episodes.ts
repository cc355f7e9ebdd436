/** What people are asked to judge because it was drawn, as of the hour: measuring anew after each verdict would only say the same. */
import "server-only";
import { monthBounds, monthOf } from "@/lib/domain/month-bounds";
import { store, type Store } from "@/lib/store/open-store";
import { keepBySize, type Kept } from "./keep-by-size";
import { measuredMonth } from "./measured-month";

const KEPT_MONTHS = 4;
const kept = new WeakMap<Store, Kept<readonly string[]>>();

/**
 * Episodes by their place in the order of drawing, of the running month and the one before; what is signed asks nobody any
 * more. Some may have been judged since.
 */
export async function drawnEpisodes(now: Date): Promise<ReadonlyMap<string, number>> {
  const opened = await store();
  const months = kept.get(opened) ?? keepBySize(KEPT_MONTHS, () => 1);
  kept.set(opened, months);
  const running = monthOf(now);
  const places = new Map<string, number>();
  for (const month of [monthBounds(running, -1).month, running]) {
    if ((await opened.reviews.find(month))?.state === "signed") continue;
    const drawn = await months.take(
      month,
      now.toISOString().slice(0, 13),
      async () => (await measuredMonth(month, now)).toJudge,
    );
    for (const episode of drawn) places.set(episode, places.size);
  }
  return places;
}
