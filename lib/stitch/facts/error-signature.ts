/** What an error says it is: its type and its message, however the source writes them. */
import type { Attributes, TimelineEvent } from "@/lib/domain/timeline-event";

export interface ErrorSignature {
  /** Class name without package. Empty: the record names none. */
  readonly type: string;
  /** First line without quotes, with single spaces. Empty: the record has none. */
  readonly message: string;
  /** The whole text in the same form, for mentions. */
  readonly text: string;
}

const TYPE_PLACES = [
  ...["exception.type", "exception_type", "exceptionType", "exception.class", "exception_class", "exception.name"],
  ...["error.type", "error_type", "errorType", "error.kind", "error_kind", "error.name", "error_name", "error.class"],
  ...["err.type", "err.name", "err.kind"],
];
const MESSAGE_PLACES = [
  ...["exception.message", "exception_message", "exceptionMessage", "exception.value"],
  ...["error.message", "error_message", "errorMessage", "error.msg", "err.message", "err.msg"],
  ...["exception", "error", "err"],
];
const TYPE_ENDING = /(?:Error|Exception)\b/g;
const MAX_TEXT_LENGTH = 2_000;
const MAX_MESSAGE_LENGTH = 200;

/** Linear in the first 2,000 characters of the text. */
export function errorSignature(event: TimelineEvent): ErrorSignature {
  const text = (event.text ?? event.title).slice(0, MAX_TEXT_LENGTH);
  const named = {
    type: first(event.attributes, TYPE_PLACES),
    message: first(event.attributes, MESSAGE_PLACES),
  };
  const written = named.type === "" || named.message === "" ? typedPart(named.message || text) : undefined;
  // Without any type the title is all that the record says about itself.
  const message = written && named.type === "" ? written.message : named.message || written?.message || event.title;
  return { type: className(named.type || written?.type || ""), message: plain(firstLine(message)), text: plain(text) };
}

/** The form in which texts of two sources can be compared. */
function plain(text: string): string {
  return text
    .slice(0, MAX_TEXT_LENGTH)
    .replace(/["'`\\\u2018\u2019\u201c\u201d]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** `java.lang.IllegalStateException: closed` anywhere in a text: the class is read backwards from its ending. */
function typedPart(text: string): { type: string; message: string } | undefined {
  TYPE_ENDING.lastIndex = 0;
  for (let match = TYPE_ENDING.exec(text); match; match = TYPE_ENDING.exec(text)) {
    const end = match.index + match[0].length;
    let start = match.index;
    while (start > 0 && /[\w$.]/.test(text.charAt(start - 1))) start--;
    const rest = /^(?::\s*|\s+-\s+)/.exec(text.slice(end, end + 8));
    if (rest) return { type: text.slice(start, end), message: text.slice(end + rest[0].length) };
  }
  return undefined;
}

function className(type: string): string {
  return (
    type
      .trim()
      .split(/[.:\\/$]+/)
      .at(-1) ?? ""
  );
}

function firstLine(text: string): string {
  return text.trimStart().split("\n", 1)[0]?.slice(0, MAX_MESSAGE_LENGTH) ?? "";
}

function first(attributes: Attributes, places: readonly string[]): string {
  for (const place of places) {
    const value = attributes[place];
    if (typeof value === "string" && value !== "") return value;
  }
  return "";
}
