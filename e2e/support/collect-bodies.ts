/**
 * Everything the server tells one page: HTML, React's own payloads, API answers and streams. The bundled scripts and
 * styles are left out: they are the same for everybody, signed in or not.
 */
import type { Page, Response } from "@playwright/test";

export interface CollectedBody {
  readonly url: string;
  readonly contentType: string;
  readonly text: string;
}

/** Call before the first navigation; the returned function waits until every body that began has ended. */
export function collectBodies(page: Page): () => Promise<CollectedBody[]> {
  const bodies: Promise<CollectedBody>[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const isRedirect = response.status() >= 300 && response.status() < 400;
    if (!pathname.startsWith("/_next/static/") && !isRedirect) bodies.push(read(response));
  });
  return () => Promise.all(bodies);
}

async function read(response: Response): Promise<CollectedBody> {
  const contentType = response.headers()["content-type"] ?? "";
  // A page that is left drops the bodies it no longer needs; such a body was never shown.
  const text = await response.text().catch(() => "");
  return { url: response.url(), contentType, text };
}
