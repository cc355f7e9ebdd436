/** Who asks. Made only by `lib/identity`; passed as an argument, never ambient. */
import type { Role } from "./role";

export interface Principal {
  readonly userId: string;
  readonly displayName: string;
  readonly email: string;
  /** The one active role. Several roles never union; a person switches. */
  readonly role: Role;
  readonly teams: readonly string[];
  /** How the request was authenticated. */
  readonly via: "session" | "token";
  readonly tokenId?: string;
  readonly sessionId?: string;
  /** When the person last proved who they are. Absent for tokens. */
  readonly provenAt?: Date;
}
