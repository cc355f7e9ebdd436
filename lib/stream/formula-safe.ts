/** A cell that no spreadsheet takes for a formula, and that stays one cell on one line. Pure. */

/**
 * `'` in front is what spreadsheets themselves write for "this is text". Signs are compared after NFKC, because some
 * programs fold full-width forms on import; what is invisible or blank in front does not save a reader.
 */
export function formulaSafe(text: string): string {
  const flat = text
    // A reader that splits at semicolons or tabs would begin a new cell there.
    .split(/([;\t\r\n\0]+)/)
    .map((piece, at) => (at % 2 === 0 ? guarded(piece) : piece))
    .join("")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return /^[\t\r\n\0]/.test(text) && !flat.startsWith("'") ? `'${flat}` : flat;
}

function guarded(piece: string): string {
  const seen = piece.normalize("NFKC").replace(/^[\s\p{Cc}\p{Cf}"']+/u, "");
  return /^[=+\-@|%]/.test(seen) ? `'${piece}` : piece;
}
