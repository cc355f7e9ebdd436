/** The one way a handler answers JSON: never cached, and never the answer of one person for another. */

export function answerJson(body: unknown, status = 200, contentType = "application/json"): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": contentType, "cache-control": "private, no-store", vary: "Cookie, Authorization" },
  });
}
