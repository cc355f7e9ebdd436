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
    if (!pathname.startsWith("/_next/static/") && !isRedirect) bodies.push(read(page, response));
  });
  return () => Promise.all(bodies);
}

async function read(page: Page, response: Response): Promise<CollectedBody> {
  const contentType = response.headers()["content-type"] ?? "";
  // A page that is left drops the bodies it no longer needs; such a body was never shown.
  const text = await response.text().catch(() => "");
  const isLostStream = text === "" && contentType.startsWith("application/x-ndjson");
  return { url: response.url(), contentType, text: isLostStream ? await askAgain(page, response.url()) : text };
}

/** The browser keeps a stream's body only sometimes: the same question of the same session answers with the same kinds. */
async function askAgain(page: Page, url: string): Promise<string> {
  const response = await page.request.get(url, { headers: { accept: "application/x-ndjson" } });
  return response.text();
}
