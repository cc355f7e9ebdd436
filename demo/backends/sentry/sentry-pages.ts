/** Sentry's paging: `per_page` of 1 to 100 (outside is refused, not clamped), a cursor in the `Link` header. */
import type { HttpAnswer, HttpQuestion } from "../serve-http";

export interface Page {
  readonly rows: readonly object[];
  readonly link: string;
}

const MAX_PER_PAGE = 100;

export function page(question: HttpQuestion, rows: readonly object[]): Page | { readonly refusal: HttpAnswer } {
  const perPage = Number(question.query.get("per_page") ?? MAX_PER_PAGE);
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > MAX_PER_PAGE) {
    return refuse("Invalid per_page value. Must be between 1 and 100.");
  }
  const cursor = /^(\d+):(\d+):([01])$/.exec(question.query.get("cursor") ?? "0:0:0");
  if (!cursor) return refuse("Invalid cursor parameter.");
  const offset = Number(cursor[2]);
  const link = [
    linkOf(question, "previous", offset > 0, `0:${Math.max(0, offset - perPage)}:1`),
    linkOf(question, "next", offset + perPage < rows.length, `0:${offset + perPage}:0`),
  ].join(", ");
  return { rows: rows.slice(offset, offset + perPage), link };
}

function linkOf(question: HttpQuestion, rel: string, more: boolean, cursor: string): string {
  return `<${question.origin}${question.path}?&cursor=${cursor}>; rel="${rel}"; results="${more}"; cursor="${cursor}"`;
}

function refuse(detail: string): { readonly refusal: HttpAnswer } {
  return {
    refusal: { status: 400, headers: { "content-type": "application/json" }, body: JSON.stringify({ detail }) },
  };
}
