/** A part of a text in UTF-16 units; `end` is behind its last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Something a detector found. `value` as it reads without its encoding. */
export interface Finding extends Span {
  readonly class: "personal" | "secret";
  /** Type of the stand-in for personal values. */
  readonly type: string;
  readonly value: string;
}
