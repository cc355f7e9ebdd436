/** A key rule made on the page, as the database keeps it. */
import type { KeyRule } from "./key-rule";

export interface StoredKeyRule {
  readonly id: string;
  readonly name: string;
  /** Undefined when this version of the program cannot read what is stored; then it is not in force. */
  readonly rule: KeyRule | undefined;
  /** Raised by every change. */
  readonly version: number;
  readonly updatedAt: Date;
  /** Who changed it last. */
  readonly by: string;
}
