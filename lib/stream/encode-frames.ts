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
  /** Called once, when the stream is over: at its end, on an error, or because the reader left. */
  readonly finished: () => void;
}

export function encodeFrames(frames: AsyncGenerator<Redacted<TimelineFrame>>, options: StreamOptions): ReadableStream {
  const encoder = new TextEncoder();
  const line = (frame: TimelineFrame) => encoder.encode(`${JSON.stringify(frame)}\n`);
  let heartbeat: NodeJS.Timeout | undefined;
  const finish = () => {
    if (heartbeat === undefined) return;
    clearInterval(heartbeat);
    heartbeat = undefined;
    openStreams().dec();
    options.finished();
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      openStreams().inc();
      heartbeat = setInterval(() => controller.enqueue(line({ type: "heartbeat" })), HEARTBEAT_MS);
      heartbeat.unref();
    },
    // Pulled, so a reader that stops reading stops the work instead of filling memory.
    async pull(controller) {
      try {
        const next = await frames.next();
        if (!next.done) return controller.enqueue(line(next.value.reveal()));
      } catch (error) {
        reportError(error, { area: "timeline", expected: false });
        controller.enqueue(line({ type: "error", code: "internal", requestId: options.requestId }));
      }
      finish();
      controller.close();
    },
    async cancel() {
      finish();
      await frames.return(undefined);
    },
  });
}
