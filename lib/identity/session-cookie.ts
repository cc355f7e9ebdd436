/** The session cookie: its name, its key, and how to read it. next-auth writes it, as an encrypted JWT. */
import "server-only";
import { decode } from "next-auth/jwt";
import { env } from "@/lib/platform/env";
import { deriveKey } from "@/lib/platform/installation-key";
import { SessionToken } from "./session-token";

export interface SessionCookie {
  readonly name: string;
  readonly secure: boolean;
}

/** `__Host-` binds the cookie to this very host; browsers accept that prefix over https only. */
export function sessionCookie(): SessionCookie {
  const secure = env().NEXTAUTH_URL?.startsWith("https://") ?? false;
  return { name: secure ? "__Host-throughline.session" : "throughline.session", secure };
}

/** The key that encrypts sessions: `NEXTAUTH_SECRET`, else derived from the installation's own key. */
export function authSecret(): string {
  return env().NEXTAUTH_SECRET ?? deriveKey("session").toString("base64url");
}

/** The session inside a `Cookie` header; null when there is none, it is forged, or its time is over. Never throws. */
export async function readSessionToken(cookieHeader: string | null): Promise<SessionToken | null> {
  const text = cookieHeader === null ? undefined : cookieValue(cookieHeader, sessionCookie().name);
  if (text === undefined) return null;
  try {
    return SessionToken.parse(await decode({ token: text, secret: authSecret() }));
  } catch {
    return null;
  }
}

/** Whether an answer takes the session cookie away. */
export function endsSession(answer: Headers): boolean {
  return answer.getSetCookie().some((line) => line.startsWith(`${sessionCookie().name}=;`));
}

function cookieValue(header: string, name: string): string | undefined {
  const pair = header.split(";").find((part) => part.trim().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1);
}
