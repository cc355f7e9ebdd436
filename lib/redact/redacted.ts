/**
 * Proof that a value went through the door. A branded type is not enough: `{...redact(e), ...e}` would compile and
 * bring the hidden field back. A class with a private field rejects both the raw value and the spread, and
 * serialising it by accident throws.
 */
export class Redacted<T> {
  readonly #value: T;

  private constructor(value: T) {
    this.#value = value;
  }

  /** For encoders at the edge (`lib/stream`) only. */
  reveal(): T {
    return this.#value;
  }

  toJSON(): never {
    throw new Error("a Redacted value is encoded by lib/stream, never serialised by accident");
  }

  /** Only `lib/redact` calls this. A call or a cast to `Redacted` elsewhere is a lint error. */
  static seal<T>(value: T): Redacted<T> {
    return new Redacted(value);
  }
}
