/** Splits a byte stream into lines. A last line without a line break counts only when the stream ended well. */
export async function* readNdjsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      rest += decoder.decode(value, { stream: true });
      let from = 0;
      for (let at = rest.indexOf("\n", from); at >= 0; at = rest.indexOf("\n", from)) {
        if (at > from) yield rest.slice(from, at);
        from = at + 1;
      }
      rest = rest.slice(from);
    }
    rest += decoder.decode();
    if (rest.trim() !== "") yield rest;
  } finally {
    // Leaving the loop early must end the request, or the server keeps asking its sources.
    await reader.cancel().catch(() => undefined);
  }
}
