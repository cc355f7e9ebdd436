/** The one way a handler answers a file: saved, never opened in the page's own origin, never cached. */

interface AnsweredFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** Undefined: the asker left, and nobody reads the answer. */
export function answerFile(file: AnsweredFile | undefined): Response {
  return new Response(file?.content ?? null, {
    headers: {
      "content-type": file?.contentType ?? "application/octet-stream",
      "content-disposition": `attachment; filename="${file?.name ?? "timeline"}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
      vary: "Cookie, Authorization",
    },
  });
}
