/** The parts of a span in which it waited for nobody. Pure. */
interface Extent {
  readonly startUs: number;
  readonly endUs: number;
}
interface Child extends Extent {
  readonly isAsync: boolean;
}

/** Microseconds outside the children that the span waited for. Children: ascending by start. */
export function selfMicros(span: Extent, children: readonly Child[]): number {
  return selfPieces(span, children, 0).reduce((sum, piece) => sum + piece.endUs - piece.startUs, 0);
}

/** The same as pieces, ascending. Pieces shorter than `leastUs` are left out: they could not be seen. */
export function selfPieces(span: Extent, children: readonly Child[], leastUs: number): Extent[] {
  const pieces: Extent[] = [];
  const add = (startUs: number, endUs: number): void => {
    if (endUs > startUs && endUs - startUs >= leastUs) pieces.push({ startUs, endUs });
  };
  let coveredUs = span.startUs;
  for (const child of children) {
    if (child.isAsync) continue;
    add(coveredUs, Math.min(child.startUs, span.endUs));
    coveredUs = Math.max(coveredUs, Math.min(child.endUs, span.endUs));
  }
  add(coveredUs, span.endUs);
  return pieces;
}
