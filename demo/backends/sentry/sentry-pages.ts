/** Sentry's paging: `per_page` of 1 to 100 (outside is refused, not clamped), a cursor in the `Link` header. */
import type { HttpQuestion } from "../serve-http";
import { SearchError } from "./search-value";

export interface Page {
  readonly rows: readonly object[];
  readonly link: string;
}

const MAX_PER_PAGE = 100;

/** `sizeName` is `limit` for the list of issues and `per_page` for all others. Throws `SearchError` as the server refuses. */
export function page(question: HttpQuestion, rows: readonly object[], sizeName = "per_page"): Page {
  const perPage = Number(question.query.get(sizeName) ?? MAX_PER_PAGE);
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > MAX_PER_PAGE) {
    throw new SearchError(`Invalid ${sizeName} value. Must be between 1 and ${String(MAX_PER_PAGE)}.`);
  }
  const cursor = /^(\d+):(\d+):([01])$/.exec(question.query.get("cursor") ?? "0:0:0");
  if (!cursor) throw new SearchError("Invalid cursor parameter.");
  const offset = Number(cursor[2]);
  const link = [
    linkOf(question, "previous", offset > 0, `0:${String(Math.max(0, offset - perPage))}:1`),
    linkOf(question, "next", offset + perPage < rows.length, `0:${String(offset + perPage)}:0`),
  ].join(", ");
  return { rows: rows.slice(offset, offset + perPage), link };
}

/** There is always a next link; only `results` says whether anything is behind it. */
function linkOf(question: HttpQuestion, rel: string, more: boolean, cursor: string): string {
  const query = new URLSearchParams(question.query);
  query.delete("cursor");
  const url = `${question.origin}${question.path}?${query.toString()}&cursor=${cursor}`;
  return `<${url}>; rel="${rel}"; results="${String(more)}"; cursor="${cursor}"`;
}
