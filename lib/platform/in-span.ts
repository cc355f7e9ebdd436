/** Wraps a piece of work in an OpenTelemetry span. Costs next to nothing while no exporter runs (see trace-export.ts). */
import { SpanStatusCode, trace } from "@opentelemetry/api";

/** Ids of sources, counts and outcomes. Never keys, queries or text: spans leave the server. */
export type SpanNotes = Readonly<Record<string, string | number | boolean>>;

/** `work` may note what it found out; a throw marks the span as failed and passes through. */
export function inSpan<T>(
  name: string,
  notes: SpanNotes,
  work: (note: (more: SpanNotes) => void) => Promise<T>,
): Promise<T> {
  return trace.getTracer("throughline").startActiveSpan(name, { attributes: prefixed(notes) }, async (span) => {
    try {
      return await work((more) => span.setAttributes(prefixed(more)));
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

function prefixed(notes: SpanNotes): SpanNotes {
  return Object.fromEntries(Object.entries(notes).map(([name, value]) => [`throughline.${name}`, value]));
}
