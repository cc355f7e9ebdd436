/** A published policy, as the database keeps it: never changed, the newest one is in force. */
import type { PolicyDocument } from "./policy";

export interface PolicyVersionEntry {
  /** From 1, without gaps. */
  readonly version: number;
  readonly hash: string;
  readonly note: string;
  /** Set when it repeats an older version. */
  readonly restores: number | undefined;
  /** Who published it, as they were called then. */
  readonly by: string;
  readonly at: Date;
}

export interface StoredPolicy extends PolicyVersionEntry {
  /** Undefined when this version of the program cannot read what is stored; then it grants nothing. */
  readonly document: PolicyDocument | undefined;
}
