/** Sentry's HTTP answers: JSON, its error bodies, and the rate-limit headers of the hosted service. */
import type { HttpAnswer, HttpQuestion } from "../serve-http";
import { page, type Page } from "./sentry-pages";

const WINDOW_MS = 1_000;

export function json(status: number, body: unknown, paged?: Page): HttpAnswer {
  const headers = {
    "content-type": "application/json",
    allow: "GET, HEAD, OPTIONS",
    ...(paged && { link: paged.link }),
  };
  return { status, headers, body: JSON.stringify(body) };
}

export function list(question: HttpQuestion, rows: readonly object[]): HttpAnswer {
  const paged = page(question, rows);
  return json(200, paged.rows, paged);
}

export function notFound(): HttpAnswer {
  return json(404, { detail: "The requested resource does not exist" });
}

/** The demo never limits; the numbers are those of a caller alone in its window. */
export function withRateLimits(answer: HttpAnswer, nowMs: number): HttpAnswer {
  const resetAtSeconds = Math.ceil((nowMs + WINDOW_MS) / 1000);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      "x-sentry-rate-limit-limit": "40",
      "x-sentry-rate-limit-remaining": "39",
      "x-sentry-rate-limit-reset": String(resetAtSeconds),
      "x-sentry-rate-limit-concurrentlimit": "25",
      "x-sentry-rate-limit-concurrentremaining": "24",
    },
  };
}
