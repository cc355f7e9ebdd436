/** Keeps one live question open: connects, connects again when it is cut off, rests while nobody looks. */
import { MAX_RANGE_DAYS } from "@/lib/contract/timeline-query";
import { isFinal, type TimelineStore } from "./timeline-store";
import { streamTimeline, type TimelineQuestion } from "./timeline-stream";

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** Two heartbeats and a half: a connection this silent is dead, whatever the network says. */
const SILENCE_MS = 40_000;
/** A tab that nobody looked at for so long stops asking. */
const HIDDEN_MS = 5 * 60_000;

/** What following needs of the page. Every promise resolves at once, and none rejects, when its signal fires. */
export interface FollowTools {
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly isHidden: () => boolean;
  readonly visibilityChange: (signal: AbortSignal) => Promise<void>;
}

/** Resolves when the question cannot go on: the reader left, is signed out, or asks what the server refuses. */
export async function followStream(
  question: TimelineQuestion,
  store: TimelineStore,
  signal: AbortSignal,
  tools: FollowTools,
): Promise<void> {
  for (let failures = 0; ;) {
    store.connect(true);
    const before = store.getSnapshot().settledAtMs;
    const reason = await oneConnection({ ...question, ...startOf(question, store) }, store, signal, tools);
    if (signal.aborted || (store.closed && isFinal(store.closed))) return;
    if (reason === "hidden") {
      store.pause();
      while (tools.isHidden() && !signal.aborted) await tools.visibilityChange(signal);
      if (signal.aborted) return;
      failures = 0;
      continue;
    }
    store.end({ kind: "cut-off" });
    const hasSettled = store.getSnapshot().settledAtMs !== before;
    failures = hasSettled ? 0 : failures + 1;
    const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
    // Half of it by chance: after a restart of the server not everybody comes back at once.
    await tools.wait(delayMs * (0.5 + tools.random() / 2), signal);
    if (signal.aborted) return;
  }
}

/** The start stays where it was when the question was first asked, so that nothing falls out of a relative range. */
function startOf({ from }: TimelineQuestion, store: TimelineStore): Pick<TimelineQuestion, "from" | "to" | "live"> {
  const known = store.getSnapshot().query?.from;
  const earliest = new Date(Date.now() - MAX_RANGE_DAYS * 86_400_000 + 60_000).toISOString();
  return { from: known === undefined ? from : known < earliest ? earliest : known, to: null, live: true };
}

async function oneConnection(
  question: TimelineQuestion,
  store: TimelineStore,
  signal: AbortSignal,
  tools: FollowTools,
): Promise<"over" | "hidden"> {
  const connection = new AbortController();
  const both = AbortSignal.any([signal, connection.signal]);
  let lines = 0;
  let reason: "over" | "hidden" = "over";
  const watchSilence = async (): Promise<void> => {
    for (let heard = -1; heard !== lines && !both.aborted;) {
      heard = lines;
      await tools.wait(SILENCE_MS, both);
    }
    connection.abort();
  };
  const watchHidden = async (): Promise<void> => {
    while (!both.aborted) {
      if (!tools.isHidden()) {
        await tools.visibilityChange(both);
        continue;
      }
      const shown = new AbortController();
      const left = AbortSignal.any([both, shown.signal]);
      void tools.visibilityChange(left).then(() => {
        shown.abort();
      });
      await tools.wait(HIDDEN_MS, left);
      if (left.aborted) continue;
      reason = "hidden";
      connection.abort();
    }
  };
  void watchSilence();
  void watchHidden();
  await streamTimeline(question, store, both, () => {
    lines++;
  });
  connection.abort();
  return reason;
}
