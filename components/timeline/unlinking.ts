/** What a person may take out of the incident. Absent as a whole for roles that may not. */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { keyText } from "./prepare-keys";

export interface UnlinkWish {
  readonly kind: "row" | "key";
  /** Row id, or `kind:value`. */
  readonly target: string;
  /** What it is called on screen. */
  readonly label: string;
}

export interface Unlinking {
  /** An asked id is the question itself, and some roles cannot name what they read. */
  readonly mayUnlinkKey: (key: string) => boolean;
  readonly onUnlink: (wish: UnlinkWish) => void;
}

/** Undefined for roles that may not take anything out of an incident. */
export function unlinkingOf(
  { query, keys }: TimelineSnapshot,
  question: TimelineQuestion,
  onUnlink: Unlinking["onUnlink"],
): Unlinking | undefined {
  if (!query?.abilities.includes("unlink")) return undefined;
  const fixed = new Set([...question.keys, ...query.keys]);
  for (const key of keys) if (key.asked || key.ref === undefined) fixed.add(keyText(key));
  return { mayUnlinkKey: (key) => !fixed.has(key), onUnlink };
}
