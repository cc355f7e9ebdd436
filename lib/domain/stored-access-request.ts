/** A wish for standing access, and what became of it. */
import type { Role } from "./role";

export const REQUEST_STATES = ["open", "granted", "refused", "withdrawn"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export interface StoredAccessRequest {
  readonly id: string;
  readonly userId: string;
  /** As they were called then. */
  readonly by: string;
  /** The role they asked in. */
  readonly role: Role;
  readonly kind: "role" | "class";
  /** Name of the role or class. */
  readonly wanted: string;
  readonly reason: string;
  readonly askedAt: Date;
  readonly state: RequestState;
  /** Words of who answered. */
  readonly answer: string;
  readonly answeredAt: Date | undefined;
}
