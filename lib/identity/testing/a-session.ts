/** A signed-in browser for tests. */
import type { Session } from "@/lib/store/session";
import { aUser } from "./a-user";

export function aSession(change: Partial<Session> = {}): Session {
  return {
    id: "01900000-0000-7000-8000-00000000000a",
    userId: aUser().id,
    via: "password",
    provenAt: new Date("2026-11-24T09:00:00Z"),
    createdAt: new Date("2026-11-24T09:00:00Z"),
    lastSeenAt: new Date("2026-11-24T09:59:00Z"),
    expiresAt: new Date("2026-11-24T17:00:00Z"),
    endedAt: null,
    device: "Firefox on Linux",
    ...change,
  };
}
