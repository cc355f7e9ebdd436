/** What feeds and files tell of people, shifts and pages. */
import "server-only";
import type { OnCallFeed } from "@/lib/contract/on-call";
import type { Store } from "@/lib/store/open-store";
import { toFeed } from "./to-feed";

/** Pages that came before their episode was known are looked at again for so long. */
const REMATCH_MS = 3 * 24 * 3_600_000;

/** Applies one delivery of the feed; telling it again changes nothing. Returns how many pages found their episode. */
export async function takeOnCallFeed(
  source: string,
  feed: OnCallFeed,
  { onCall }: Pick<Store, "onCall">,
): Promise<number> {
  await onCall.take(source, toFeed(feed));
  return onCall.match(new Date(Date.now() - REMATCH_MS));
}
