/** A source connected on the admin page, as the database keeps it. */
import { z } from "zod";
import type { SourceKind } from "./source-id";
import type { SourceSettings } from "./source-settings";

/** What is never shown again once it was given. */
export const SourceSecrets = z.strictObject({
  token: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
});
export type SourceSecrets = z.infer<typeof SourceSecrets>;

export interface StoredSource {
  readonly id: string;
  readonly kind: SourceKind;
  readonly name: string;
  /** Without secrets. Undefined when this version of the program cannot read what is stored; then it is not asked. */
  readonly settings: SourceSettings | undefined;
  /** `locked`: no known key opens them; the source is not asked. */
  readonly secrets: SourceSecrets | "locked";
  /** Raised by every change. */
  readonly version: number;
  readonly updatedAt: Date;
  /** Who changed it last. */
  readonly by: string;
}
