/** A timeline that is followed through the API, and when it ended. */
import { demo } from "./demo";

export interface LiveStream {
  readonly isOpen: () => boolean;
  /** Resolves when the server ends it. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Resolves when the first rows are there. */
export async function openLiveStream(headers: Record<string, string>): Promise<LiveStream> {
  const leaving = new AbortController();
  const response = await fetch(`${demo().url}/api/v1/timeline?key=order:48192&from=now-2h&live=1`, {
    headers: { ...headers, accept: "application/x-ndjson" },
    signal: leaving.signal,
  });
  if (!response.ok || !response.body) throw new Error(`the stream was refused: ${String(response.status)}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; !text.includes('"type":"rows"');) {
    const { done, value } = await reader.read();
    if (done) throw new Error("the stream ended before its first rows");
    text += value;
  }
  let open = true;
  const drain = async (): Promise<void> => {
    for (let part = await reader.read(); !part.done; part = await reader.read());
  };
  const ended = drain()
    // A cut connection is an end too.
    .catch(() => undefined)
    .finally(() => {
      open = false;
    });
  return { isOpen: () => open, ended, close: () => leaving.abort() };
}
