/**
 * Sealed frames → NDJSON bytes, with heartbeats while sources think and an end that says how it ended. The only place,
 * with `collect-answer.ts`, where a seal is opened.
 */
import "server-only";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import { reportError } from "@/lib/platform/report-error";
import { openStreams } from "@/lib/platform/metrics";
import type { Redacted } from "@/lib/redact/redacted";

const HEARTBEAT_MS = 15_000;

export interface StreamOptions {
  readonly requestId: string;
  /** Ends the stream at once, also when its reader has stopped reading. */
  readonly signal: AbortSignal;
  /** Called once, when the stream is over: at its end, on an error, or because the reader left. */
  readonly finished: () => void;
}

export function encodeFrames(frames: AsyncGenerator<Redacted<TimelineFrame>>, options: StreamOptions): ReadableStream {
  const encoder = new TextEncoder();
  const line = (frame: TimelineFrame) => encoder.encode(`${JSON.stringify(frame)}\n`);
  let heartbeat: NodeJS.Timeout | undefined;
  /** False when it was over before. */
  const finish = (): boolean => {
    if (heartbeat === undefined) return false;
    clearInterval(heartbeat);
    heartbeat = undefined;
    openStreams().dec();
    options.finished();
    return true;
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      openStreams().inc();
      heartbeat = setInterval(() => controller.enqueue(line({ type: "heartbeat" })), HEARTBEAT_MS);
      heartbeat.unref();
      const cut = () => {
        if (!finish()) return;
        controller.close();
        // Not awaited: it may still wait for a source, and nobody hears it any more.
        void frames.return(undefined).catch(() => undefined);
      };
      if (options.signal.aborted) cut();
      else options.signal.addEventListener("abort", cut, { once: true });
    },
    // Pulled, so a reader that stops reading stops the work instead of filling memory.
    async pull(controller) {
      try {
        const next = await frames.next();
        if (heartbeat === undefined) return;
        if (!next.done) return controller.enqueue(line(next.value.reveal()));
      } catch (error) {
        reportError(error, { area: "timeline", expected: false });
        if (heartbeat === undefined) return;
        controller.enqueue(line({ type: "error", code: "internal", requestId: options.requestId }));
      }
      if (finish()) controller.close();
    },
    async cancel() {
      finish();
      await frames.return(undefined);
    },
  });
}
