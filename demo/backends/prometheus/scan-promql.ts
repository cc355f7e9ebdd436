/** A pass over the query before the grammar sees it: it finds what Prometheus' lexer refuses and says it in the same words.
 *
 *  The lezer grammar is built for editors: it recovers from errors and accepts escapes that the server refuses. */
import { FUNCTIONS, KNOWN_BUT_UNSUPPORTED, WORDS_BEFORE_PARENTHESES } from "./function-signatures";
import { parseDurationMs } from "./parse-time";
import { parseError, QueryError } from "./query-error";
import { readStringLiteral } from "./string-literal";

interface ScanState {
  position: number;
  openParentheses: number;
  inBraces: boolean;
}

/** Throws the parse error the server would give for lexical faults; returns silently otherwise. */
export function scanPromql(query: string): void {
  if (query.replaceAll(/#.*/g, "").trim() === "")
    throw new QueryError("bad_data", "unknown position: parse error: no expression found in input");
  const state: ScanState = { position: 0, openParentheses: 0, inBraces: false };
  while (state.position < query.length) step(query, state);
  if (state.inBraces) throw parseError(query, query.length, "unexpected end of input inside braces");
  if (state.openParentheses > 0) throw parseError(query, query.length, "unclosed left parenthesis");
}

function step(query: string, state: ScanState): void {
  const letter = query[state.position] ?? "";
  if (letter === '"' || letter === "'" || letter === "`") {
    state.position = readStringLiteral(query, state.position).end;
  } else if (letter === "#") {
    const end = query.indexOf("\n", state.position);
    state.position = end < 0 ? query.length : end;
  } else if (letter === "[" && !state.inBraces) {
    state.position = skipDuration(query, state.position + 1);
  } else if (/[A-Za-z_:]/.test(letter)) {
    state.position = skipWord(query, state);
  } else {
    countBracket(query, state, letter);
    state.position += 1;
  }
}

function countBracket(query: string, state: ScanState, letter: string): void {
  if (letter === "{") {
    if (state.inBraces) throw parseError(query, state.position, "unexpected left brace inside braces");
    state.inBraces = true;
  } else if (letter === "}") {
    if (!state.inBraces) throw parseError(query, state.position, "unexpected right brace '}'");
    state.inBraces = false;
  } else if (letter === "(" && !state.inBraces) {
    state.openParentheses += 1;
  } else if (letter === ")" && !state.inBraces) {
    state.openParentheses -= 1;
    if (state.openParentheses < 0) throw parseError(query, state.position, "unexpected right parenthesis ')'");
  }
}

function skipDuration(query: string, from: number): number {
  const start = from + (/^\s*/.exec(query.slice(from))?.[0].length ?? 0);
  const text = /^[0-9a-zA-Z_.]*/.exec(query.slice(start))?.[0] ?? "";
  if (text === "") throw parseError(query, start, "unexpected character inside brackets, expected duration");
  if (parseDurationMs(text) === undefined && Number.isNaN(Number(text))) {
    const read = /^[0-9.]+(?:[smhdwy]|ms)?/.exec(text)?.[0] ?? text;
    throw parseError(query, start, `bad number or duration syntax: ${JSON.stringify(read)}`);
  }
  return start + text.length;
}

function skipWord(query: string, state: ScanState): number {
  const word = /^[A-Za-z_:][A-Za-z0-9_:]*/.exec(query.slice(state.position))?.[0] ?? "";
  const end = state.position + word.length;
  const called = !state.inBraces && /^\s*\(/.test(query.slice(end));
  const known =
    FUNCTIONS.has(word) || KNOWN_BUT_UNSUPPORTED.has(word) || WORDS_BEFORE_PARENTHESES.has(word.toLowerCase());
  if (called && !known) throw parseError(query, state.position, `unknown function with name ${JSON.stringify(word)}`);
  return end;
}
