/** Forgets what no longer decides anything: full buckets, and sessions and links that were over a month ago. */
import "server-only";
import { reportError } from "@/lib/platform/report-error";
import { store, type Store } from "@/lib/store/open-store";

const HOUR_MS = 60 * 60_000;
/** Longer than any bucket takes to fill again. */
const BUCKET_MS = 24 * HOUR_MS;
const KEPT_MS = 30 * 24 * HOUR_MS;

export async function sweepIdentity(
  { rateBuckets, sessions, setupLinks }: Pick<Store, "rateBuckets" | "sessions" | "setupLinks">,
  now: Date,
): Promise<void> {
  await rateBuckets.sweep(new Date(now.getTime() - BUCKET_MS));
  await sessions.sweep(new Date(now.getTime() - KEPT_MS));
  await setupLinks.sweep(new Date(now.getTime() - KEPT_MS));
}

/** Every hour from now on, without holding the process. */
export function sweepHourly(): void {
  const sweep = async (): Promise<void> => sweepIdentity(await store(), new Date());
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => reportError(error, { area: "identity", expected: false }));
  }, HOUR_MS);
  timer.unref();
}
