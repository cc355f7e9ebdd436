/** What a person took out of one incident. Targets are digests: the record tells nothing that its reader may not read. */
export interface StoredUnlink {
  readonly id: string;
  readonly kind: "row" | "key";
  /** Public id of the event, or of the key as `kind:value`. */
  readonly target: string;
  readonly reason: string;
  /** Display name of who did it. */
  readonly by: string;
  readonly at: Date;
}
