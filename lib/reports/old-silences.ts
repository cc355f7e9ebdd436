/** What is silenced for so long that somebody should be asked about it. */
import type { ReviewView } from "@/lib/contract/review";
import type { NoiseReader } from "@/lib/store/noise-reader";

/** Silences are the state of now: an alert manager that was not asked for so long may have others. */
const HEARD_WITHIN_MS = 24 * 3_600_000;

export async function oldSilences(
  noise: Pick<NoiseReader, "oldSilences">,
  now: Date,
): Promise<Pick<ReviewView, "listed" | "silencesUnknown">> {
  const { heardAt, silences } = await noise.oldSilences(now);
  const isKnown = heardAt !== null && now.getTime() - heardAt.getTime() <= HEARD_WITHIN_MS;
  return {
    listed: silences.map(({ label, since }) => ({ kind: "old-silence", label, since: since.toISOString() })),
    silencesUnknown: isKnown
      ? ""
      : heardAt === null
        ? "not every alert manager told its silences"
        : `an alert manager told its silences last at ${heardAt.toISOString().slice(0, 16).replace("T", " ")} UTC`,
  };
}
